package sheet

import "strings"

// System is another CRM whose export a file is, known by its header.
type System struct {
	Name string // "" when it is none of those known
	Rows string // contacts, companies, deals or activities
	Kind string // of activities, which there are files of their own for
}

// systems are the headers by which exports are known, as key makes them: all of
// the words must be there, of those with | one. Labels and names of fields come
// to the same.
var systems = []struct {
	System
	must string
}{
	{System{"HubSpot", "deals", ""}, "recordid dealname dealstage"},
	{System{"HubSpot", "activities", "call"}, "recordid calltitle|callnotes|callduration"},
	{System{"HubSpot", "activities", "meeting"}, "recordid meetingname|meetingstarttime"},
	{System{"HubSpot", "activities", "mail"}, "recordid emailsubject"},
	{System{"HubSpot", "activities", "note"}, "recordid notebody"},
	{System{"HubSpot", "contacts", ""}, "recordid firstname|lastname"},
	{System{"HubSpot", "companies", ""}, "recordid companyname"},
	{System{"EspoCRM", "deals", ""}, "id name createdat stage amount"},
	{System{"EspoCRM", "activities", "call"}, "id name createdat datestart direction"},
	{System{"EspoCRM", "activities", "meeting"}, "id name createdat datestart"},
	{System{"EspoCRM", "contacts", ""}, "id createdat firstname|lastname"},
	{System{"EspoCRM", "companies", ""}, "id name createdat billingaddressstreet|industry|siccode"},
	{System{"SuiteCRM", "deals", ""}, "id dateentered|datecreated salesstage"},
	{System{"SuiteCRM", "activities", "call"}, "id dateentered|datecreated datestart|startdate|startdateandtime direction"},
	{System{"SuiteCRM", "activities", "meeting"}, "id dateentered|datecreated datestart|startdate|startdateandtime durationhours|durationminutes"},
	{System{"SuiteCRM", "activities", "note"}, "id dateentered|datecreated parentid|relatedtoid filename|filemimetype|attachment"},
	{System{"SuiteCRM", "contacts", ""}, "id dateentered|datecreated firstname|lastname"},
	{System{"SuiteCRM", "companies", ""}, "id dateentered|datecreated name|accountname billingstreet|billingaddressstreet|industry|ownership"},
}

// SystemOf says whose export has this header.
func SystemOf(header []string) System {
	there := map[string]bool{}
	for _, name := range header {
		letters, _ := key(name)
		there[letters] = true
	}
	for _, s := range systems {
		if has(there, s.must) {
			return s.System
		}
	}
	return System{}
}

func has(there map[string]bool, must string) bool {
	for word := range strings.FieldsSeq(must) {
		found := false
		for one := range strings.SplitSeq(word, "|") {
			found = found || there[one]
		}
		if !found {
			return false
		}
	}
	return true
}
