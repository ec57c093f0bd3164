package policy

import (
	"strconv"
	"time"

	"balie/policy/text"
)

// SettingKey names something that the organisation decides: area.what.
type SettingKey string

// SettingValue is what a setting holds, as people type it.
type SettingValue string

// Int is the number that a setting of a number holds; the catalogue and the
// check at each change see to it that it is one.
func (v SettingValue) Int() int {
	n, _ := strconv.Atoi(string(v))
	return n
}

// Setting is a row of the catalogue: what can be decided, within which bounds,
// and what counts until somebody does.
type Setting struct {
	Key      SettingKey
	Default  SettingValue
	Unit     string  // "days", "minutes"; "" for what is no number
	Min, Max int     // of a number
	About    Message // a sentence for people
	Check    func(SettingValue) error
}

// The settings.
const (
	TimeZone           SettingKey = "time.zone"
	KeysFlagDays       SettingKey = "keys.flag_days"
	KeysSuspendDays    SettingKey = "keys.suspend_days"
	SessionIdleMinutes SettingKey = "session.idle_minutes"
	SessionHours       SettingKey = "session.hours"
	LeavingChecklist   SettingKey = "leaving.checklist"
	ExportAlone        SettingKey = "export.alone"
	ReviewDays         SettingKey = "review.days"
	ReviewOfficerDays  SettingKey = "review.officer_days"
	ReviewAdminDays    SettingKey = "review.admin_days"
	UnusualFloor       SettingKey = "unusual.floor"
	OrgName            SettingKey = "org.name"
	OrgStreet          SettingKey = "org.street"
	OrgPostcode        SettingKey = "org.postcode"
	OrgCity            SettingKey = "org.city"
	OrgCountry         SettingKey = "org.country"
	OrgMail            SettingKey = "org.mail"
	OrgKvK             SettingKey = "org.kvk"
	OrgVAT             SettingKey = "org.vat"
	OrgIBAN            SettingKey = "org.iban"
	InvoiceSeries      SettingKey = "invoice.series"
	InvoiceDays        SettingKey = "invoice.days"
	InvoiceRemind1     SettingKey = "invoice.remind1"
	InvoiceRemind2     SettingKey = "invoice.remind2"
	InvoiceRemind3     SettingKey = "invoice.remind3"
	BookYearEnd        SettingKey = "invoice.book_year_end"
	RetentionWait      SettingKey = "retention.archive_days"

	HolidayGoodFriday SettingKey = "holiday.good_friday"
	HolidayLiberation SettingKey = "holiday.liberation_day"
	HolidayExtra      SettingKey = "holiday.extra"
	RequestAccessDays SettingKey = "request.access_days"
	RequestSoonDays   SettingKey = "request.soon_days"
)

// Settings is the catalogue, in the order in which it is shown.
var Settings = []Setting{
	{Key: TimeZone, Default: DefaultZone, Check: checkZone, About: Message{Key: "The time zone in which days, quarters and due times begin and end."}},
	{Key: KeysFlagDays, Default: "90", Unit: "days", Min: 1, Max: 3650, About: Message{Key: "A key that was not used for so long is pointed out."}},
	{Key: KeysSuspendDays, Default: "120", Unit: "days", Min: 2, Max: 3650, About: Message{Key: "A key that was not used for so long no longer lets anybody in."}},
	{Key: SessionIdleMinutes, Default: "30", Unit: "minutes", Min: 2, Max: 720, About: Message{Key: "A session without a key press ends after so long."}},
	{Key: ReviewDays, Default: "21", Unit: "days", Min: 3, Max: 80, About: Message{Key: "An access review is due so long after it opens, at 17:00; what is not confirmed then is suspended."}},
	{Key: ReviewOfficerDays, Default: "5", Unit: "days", Min: 2, Max: 60, About: Message{Key: "So long before an access review is due, the privacy officer may decide in the place of a reviewer who has not."}},
	{Key: ReviewAdminDays, Default: "2", Unit: "days", Min: 1, Max: 30, About: Message{Key: "So long before an access review is due, an admin may decide too."}},
	{Key: SessionHours, Default: "12", Unit: "hours", Min: 1, Max: 24, About: Message{Key: "A session ends after so long, whatever happens in it."}},
	{Key: LeavingChecklist, Default: defaultChecklist, Check: checkChecklist, About: Message{Key: "What is ticked off when somebody leaves, with semicolons between."}},
	{Key: ExportAlone, Default: "1000", Unit: "customers", Min: 0, Max: 10_000_000, About: Message{Key: "So many customers a day one person may export on the own word; more takes a second person."}},
	{Key: UnusualFloor, Default: "100", Unit: "customers", Min: 20, Max: 10_000, About: Message{Key: "Fewer customers seen in an hour are never unusual, whoever sees them."}},
	{Key: OrgName, Check: checkLine, About: Message{Key: "The organisation's name, as on its letterhead."}},
	{Key: OrgStreet, Check: checkLine, About: Message{Key: "The organisation's street and house number."}},
	{Key: OrgPostcode, Check: checkLine, About: Message{Key: "The organisation's postcode."}},
	{Key: OrgCity, Check: checkLine, About: Message{Key: "The organisation's city."}},
	{Key: OrgCountry, Default: "NL", Check: checkCountry, About: Message{Key: "The organisation's country, as two letters."}},
	{Key: OrgMail, Check: onlyIf(NormalMail), About: Message{Key: "The mail address for questions about invoices."}},
	{Key: OrgKvK, Check: checkLine, About: Message{Key: "The organisation's KvK or enterprise number."}},
	{Key: OrgVAT, Check: onlyIf(NormalVAT), About: Message{Key: "The organisation's VAT number; no invoice goes out without it."}},
	{Key: OrgIBAN, Check: onlyIf(NormalIBAN), About: Message{Key: "The account to which invoices are paid."}},
	{Key: InvoiceSeries, Check: checkSeries, About: Message{Key: "Up to four capital letters before the numbers of invoices; empty for none."}},
	{Key: InvoiceDays, Default: "30", Unit: "days", Min: 0, Max: 120, About: Message{Key: "An invoice is to be paid within so long."}},
	{Key: RetentionWait, Default: "30", Unit: "days", Min: 0, Max: 365, About: Message{Key: "So long a customer whose term is over is put away, for the privacy officer only, before it is erased."}},
	{Key: InvoiceRemind1, Default: "14", Unit: "days", Min: 0, Max: 365, About: Message{Key: "A first reminder is due so long after an invoice should have been paid; 0 for none."}},
	{Key: InvoiceRemind2, Default: "28", Unit: "days", Min: 0, Max: 365, About: Message{Key: "A second reminder is due so long after an invoice should have been paid; 0 for none."}},
	{Key: InvoiceRemind3, Default: "42", Unit: "days", Min: 0, Max: 365, About: Message{Key: "A final reminder is due so long after an invoice should have been paid; 0 for none."}},
	{Key: BookYearEnd, Default: "12", Unit: "month", Min: 1, Max: 12, About: Message{Key: "The last month of the book year, as a number; invoices are kept seven years after its end."}},
	{Key: HolidayGoodFriday, Default: "no", Check: oneOf("yes", "no"), About: Message{Key: "Whether Good Friday is a public holiday when deadlines are computed, in the Netherlands."}},
	{Key: HolidayLiberation, Default: "no", Check: oneOf("yes", "no", "lustrum"), About: Message{Key: "Whether 5 May is a public holiday when deadlines are computed, in the Netherlands; lustrum: every five years."}},
	{Key: HolidayExtra, Check: checkDates, About: Message{Key: "Further public holidays, as 2027-01-02, with semicolons between."}},
	{Key: RequestAccessDays, Default: "1", Unit: "days", Min: 0, Max: 28, About: Message{Key: "The house target for a request for access, in days after receipt; 0 for the legal date without its roll-over."}},
	{Key: RequestSoonDays, Default: "7", Unit: "days", Min: 1, Max: 28, About: Message{Key: "A request is due soon so long before its legal date."}},
}

// rising are settings of which the first must stay below the second.
var rising = [][2]SettingKey{{ReviewAdminDays, ReviewOfficerDays}, {ReviewOfficerDays, ReviewDays}, {KeysFlagDays, KeysSuspendDays}}

// FindSetting gives the row of the catalogue.
func FindSetting(key SettingKey) (Setting, error) {
	for _, s := range Settings {
		if s.Key == key {
			return s, nil
		}
	}
	return Setting{}, Errorf(Invalid, "There is no setting %q: see settings list.", text.Clean(string(key))).On("key")
}

// CheckSetting says whether a setting may hold value, beside what the others
// hold.
func CheckSetting(key SettingKey, value SettingValue, held func(SettingKey) SettingValue) error {
	s, err := FindSetting(key)
	if err != nil {
		return err
	}
	if s.Check != nil {
		return s.Check(value)
	}
	n, err := strconv.Atoi(string(value))
	if err != nil || n < s.Min || n > s.Max {
		return Errorf(Invalid, "%s is a number from %d to %d.", string(key), s.Min, s.Max).On("value")
	}
	return checkRising(key, n, held)
}

func checkRising(key SettingKey, n int, held func(SettingKey) SettingValue) error {
	for _, r := range rising {
		if key == r[0] && n >= held(r[1]).Int() || key == r[1] && n <= held(r[0]).Int() {
			return Errorf(Invalid, "%s must stay below %s: change the other one first.", string(r[0]), string(r[1])).On("value")
		}
	}
	return nil
}

// checkZone takes the names of the tz database, as "Europe/Brussels"; the
// server's own zone is not the organisation's.
func checkZone(value SettingValue) error {
	if _, err := time.LoadLocation(string(value)); err != nil || value == "" || value == "Local" {
		return Errorf(Invalid, "%q is no time zone: use a name such as Europe/Amsterdam or Europe/Brussels.", text.Clean(string(value))).On("value")
	}
	return nil
}
