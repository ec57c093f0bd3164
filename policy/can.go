package policy

import "strings"

// Resource is what an act is about, as far as the decision needs it. The zero
// value stands for "any": may this actor do the act to something at all?
type Resource struct {
	Owner     int32 // person who owns the customer; 0 when not about one
	OwnerTeam int32 // the owner's team
	Author    int32 // of a note
	Private   bool  // a note for its author's eyes
	Person    int32 // the person an act on people is about
	Grant     Role  // the role that is granted or revoked
	Admins    int   // live admins, for acts that could leave none
	Second    bool  // a second admin has agreed, or has to before it counts
	Granter   int32 // who gave the grant that a second admin agrees to
	Logged    Act   // what a row of the log is about; Person did it
	PutAway   bool  // a customer whose term is over, until it is erased
}

// reach says over which customers an act of a role goes.
type reach int

const (
	toNothing reach = iota
	toOwn           // those that the actor owns
	toTeam          // those that the actor's team owns
	toAll           // everyone's
	toSelf          // the actor's own account or acts
)

// matrix is design 4 as a table: what is not in it is refused.
var matrix = map[Act]map[Role]reach{
	CustomerList:     {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	CustomerView:     {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	CustomerCreate:   {Sales: toOwn, Manager: toTeam},
	CustomerUpdate:   {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	CustomerHandOver: {Sales: toOwn, Manager: toTeam, Clock: toAll},
	CustomerSeenBy:   {Privacy: toAll},
	CustomerExport:   {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	CustomerExposure: {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	CustomerCount:    {Auditor: toAll},
	CustomerMerge:    {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	CustomerUnmerge:  {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	DuplicateList:    {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	DuplicateDismiss: {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	DuplicateFind:    {Clock: toAll},
	ImportRun:        {Sales: toOwn, Manager: toTeam},
	ImportRevert:     {Sales: toSelf, Manager: toSelf},
	NoteView:         {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	NoteCreate:       {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	ApprovalAsk:      {Sales: toSelf, Manager: toSelf, Privacy: toSelf},
	ApprovalList:     {Sales: toSelf, Manager: toTeam, Privacy: toAll, Admin: toAll, Auditor: toAll},
	ApprovalAnswer:   {Manager: toTeam, Privacy: toAll, Admin: toAll},
	TagList:          {Sales: toAll, Manager: toAll, Privacy: toAll},
	TagManage:        {Manager: toAll},
	ViewList:         {Sales: toSelf, Manager: toSelf, Finance: toSelf, Privacy: toSelf},
	ViewSave:         {Sales: toSelf, Manager: toSelf, Finance: toSelf, Privacy: toSelf},
	ViewDelete:       {Sales: toOwn, Manager: toTeam, Finance: toOwn, Privacy: toOwn},

	CustomerErase:    {Privacy: toAll, Clock: toAll},
	CustomerRestrict: {Privacy: toAll},
	ErasurePlan:      {Privacy: toAll},
	ErasureList:      {Privacy: toAll, Auditor: toAll},
	ErasureTell:      {Privacy: toAll},
	SuppressionList:  {Privacy: toAll, Auditor: toAll},
	SuppressionLift:  {Privacy: toAll},

	RetentionList:    everyone(toAll),
	RetentionSet:     {Privacy: toAll, Admin: toAll},
	RetentionApprove: {Privacy: toAll, Admin: toAll},
	RetentionPlan:    {Privacy: toAll},
	RetentionHolds:   {Privacy: toAll},
	RetentionHold:    {Privacy: toAll},
	RetentionEnd:     {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	RetentionFigures: {Manager: toAll, Privacy: toAll, Admin: toAll, Auditor: toAll},
	RetentionArchive: {Clock: toAll},
	InvoiceExpire:    {Clock: toAll},

	FieldList:  {Sales: toAll, Manager: toAll, Privacy: toAll, Auditor: toAll},
	FieldWrite: {Manager: toAll, Privacy: toAll},
	FieldUsage: {Manager: toAll, Privacy: toAll, Auditor: toAll},
	FieldCount: {Manager: toAll, Privacy: toAll},
	FieldDrop:  {Manager: toAll, Privacy: toAll},
	FieldSweep: {Clock: toAll},

	InvoiceList:   {Finance: toAll, Privacy: toAll},
	InvoiceView:   {Finance: toAll, Privacy: toAll},
	InvoiceStatus: {Sales: toOwn, Manager: toTeam, Finance: toAll, Privacy: toAll},
	InvoiceAsk:    {Sales: toOwn, Manager: toTeam},
	InvoiceWrite:  {Finance: toAll},
	InvoiceIssue:  {Finance: toAll},
	InvoicePay:    {Finance: toAll},
	InvoiceRemind: {Finance: toAll},
	InvoiceNote:   {Clock: toAll},
	InvoiceExport: {Finance: toAll, Privacy: toAll},
	InvoiceImport: {Finance: toAll},

	TaskList:       {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	TaskWrite:      {Sales: toOwn, Manager: toTeam},
	TaskDo:         {Sales: toOwn, Manager: toTeam},
	TaskRemind:     {Sales: toSelf, Manager: toSelf},
	ActivityView:   {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	ActivityAdd:    {Sales: toOwn, Manager: toTeam},
	ActivityUpdate: {Sales: toOwn, Manager: toTeam},
	DealList:       {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	DealView:       {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	DealCreate:     {Sales: toOwn, Manager: toTeam},
	DealUpdate:     {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	DealMove:       {Sales: toOwn, Manager: toTeam},
	PipelineList:   {Sales: toAll, Manager: toAll, Privacy: toAll},
	PipelineManage: {Manager: toAll},

	PurposeList:    everyone(toAll),
	PurposeSet:     {Privacy: toAll},
	ConsentList:    {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	ConsentRecord:  {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	ConsentProve:   {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	ConsentConfirm: {Door: toAll},
	AudienceList:   {Sales: toAll, Manager: toAll, Privacy: toAll},
	AudienceWrite:  {Sales: toAll, Manager: toAll, Privacy: toAll},
	AudienceExport: {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	MailBounce:     {Sales: toOwn, Manager: toTeam, Privacy: toAll},
	HygieneLook:    {Clock: toAll},
	PrivacyFigures: {Privacy: toAll},
	RequestList:    {Sales: toSelf, Manager: toSelf, Privacy: toAll, Auditor: toAll},
	RequestView:    {Sales: toSelf, Manager: toSelf, Privacy: toAll},
	RequestRecord:  {Sales: toSelf, Manager: toSelf, Privacy: toAll},
	RequestHandle:  {Privacy: toAll},
	RequestGather:  {Privacy: toAll},
	RequestRelease: {Privacy: toAll},
	DrillRun:       {Privacy: toAll},
	DrillList:      {Privacy: toAll, Auditor: toAll},

	PersonList:   {Manager: toTeam, Privacy: toAll, Admin: toAll, Auditor: toAll},
	PersonInvite: {Admin: toAll, Founder: toAll},
	PersonGrant:  {Admin: toAll},
	PersonAgree:  {Admin: toAll},
	PersonDemote: {Admin: toAll, Clock: toAll},
	PersonRevoke: {Admin: toAll, Clock: toAll},
	PersonReset:  {Admin: toAll},
	PersonTeam:   {Admin: toAll},
	PersonLeave:  {Admin: toAll},
	PersonReport: {Admin: toAll, Privacy: toAll, Auditor: toAll},
	PersonCheck:  {Admin: toAll},
	KeyList:      {Admin: toAll, Privacy: toAll, Auditor: toAll},
	KeyAdd:       everyone(toSelf),
	KeyRename:    everyone(toSelf),
	KeySuspend:   {Clock: toAll},
	KeyLift:      {Admin: toAll},
	KeyRemove:    {Sales: toSelf, Manager: toSelf, Finance: toSelf, Privacy: toSelf, Admin: toAll, Auditor: toSelf},
	SessionList:  {Sales: toSelf, Manager: toSelf, Finance: toSelf, Privacy: toSelf, Admin: toAll, Auditor: toSelf},
	SessionClose: {Sales: toSelf, Manager: toSelf, Finance: toSelf, Privacy: toSelf, Admin: toAll, Auditor: toSelf},

	SettingList:   everyone(toAll),
	SettingChange: {Admin: toAll},

	ReviewStart:  {Privacy: toAll, Admin: toAll},
	ReviewList:   {Manager: toAll, Privacy: toAll, Admin: toAll, Auditor: toAll},
	ReviewView:   {Manager: toAll, Privacy: toAll, Admin: toAll, Auditor: toAll},
	ReviewDecide: {Manager: toAll, Privacy: toAll, Admin: toAll},
	ReviewAssign: {Manager: toAll, Privacy: toAll, Admin: toAll},
	ReviewSign:   {Manager: toAll, Privacy: toAll, Admin: toAll},
	ReviewExport: {Privacy: toAll, Admin: toAll, Auditor: toAll},
	ReviewOpen:   {Clock: toAll}, ReviewRemind: {Clock: toAll}, ReviewClose: {Clock: toAll},

	ProfileView:     everyone(toSelf),
	ProfileUpdate:   everyone(toSelf),
	AuditView:       {Sales: toSelf, Manager: toTeam, Finance: toSelf, Privacy: toAll, Admin: toAll, Auditor: toAll},
	AuditVerify:     {Auditor: toAll, Privacy: toAll, Admin: toAll, Clock: toAll},
	AuditExport:     {Manager: toTeam, Privacy: toAll, Admin: toAll, Auditor: toAll},
	RegisterList:    {Privacy: toAll, Admin: toAll, Auditor: toAll},
	RegisterWrite:   {Privacy: toAll, Admin: toAll},
	BreachList:      {Privacy: toAll, Auditor: toAll},
	BreachWrite:     {Privacy: toAll},
	DocumentView:    everyone(toAll),
	DocumentPublish: {Privacy: toAll},
	UnusualList:     {Privacy: toAll, Auditor: toAll},
	UnusualSettle:   {Privacy: toAll},
	UnusualFlag:     {Clock: toAll},

	SignIn: {Door: toAll}, SignInCode: {Door: toAll}, SignInBad: {Door: toAll}, SignOut: {Door: toAll}, Join: {Door: toAll}, ProfilePhone: {Door: toAll},
	SystemJob: {Clock: toAll},

	JobList:       {Admin: toAll, Privacy: toAll, Auditor: toAll},
	JobRun:        {Admin: toAll},
	PersonExpire:  {Clock: toAll},
	ArchiveExport: {Founder: toAll}, ArchiveImport: {Founder: toAll},
	AttentionList: everyone(toSelf),
}

func everyone(r reach) map[Role]reach {
	m := map[Role]reach{}
	for _, role := range Roles {
		m[role] = r
	}
	return m
}

// Can answers whether actor may do act to res: nil, or an *Error of kind
// Denied (some right to the act, so its existence is no secret) or Absent (no
// right to anything of the sort).
func Can(actor Actor, act Act, res Resource) error {
	r := matrix[act][actor.Role]
	if r == toNothing {
		return Errorf(Denied, "Your role does not allow this.")
	}
	if !r.covers(actor, res) || res.PutAway && r != toAll {
		return ErrAbsent()
	}
	if act == NoteView && res.Private && res.Author != actor.ID && actor.Role != Privacy {
		return ErrAbsent()
	}
	if act == AuditView && actor.Role == Admin && res.Person != actor.ID && res.Logged != "" && !IsAccess(res.Logged) {
		return ErrAbsent()
	}
	if readsCustomers(act) && actor.Role == Privacy && actor.Reason.IsZero() {
		return Errorf(Denied, "First record the reason for which you look at customers.").On("reason")
	}
	return people(actor, act, res)
}

// ErrAbsent is the one answer for what is not there and for what one may not
// know of, so that nobody can tell these apart.
func ErrAbsent() *Error {
	return Errorf(Absent, "There is no such record, or it is not yours to see.")
}

func (r reach) covers(actor Actor, res Resource) bool {
	switch r {
	case toOwn:
		return res.Owner == 0 || res.Owner == actor.ID
	case toTeam:
		return res.Owner == 0 && res.Person == 0 || res.OwnerTeam == actor.Team && actor.Team != 0 ||
			res.Owner != 0 && res.Owner == actor.ID || res.Person != 0 && res.Person == actor.ID
	case toSelf:
		return res.Person == 0 || res.Person == actor.ID
	}
	return true
}

// IsAccess says whether an act is about people and their access, which is what
// an admin sees of the log.
func IsAccess(act Act) bool {
	kind, _, _ := strings.Cut(string(act), ".")
	switch kind {
	case "person", "key", "session", "signin", "signout", "join", "profile", "setting", "approval", "review":
		return true
	}
	return false
}

func readsCustomers(act Act) bool {
	switch act {
	case RequestGather, RequestRelease, DrillRun:
		return true
	case CustomerList, CustomerView, CustomerUpdate, CustomerExport, CustomerExposure, CustomerSeenBy, NoteView, NoteCreate,
		InvoiceList, InvoiceView, InvoiceStatus, InvoiceExport,
		CustomerMerge, CustomerUnmerge, DuplicateList, DuplicateDismiss,
		DealList, DealView, DealUpdate, TaskList, ActivityView,
		ConsentList, ConsentRecord, ConsentProve, AudienceExport, MailBounce,
		CustomerErase, CustomerRestrict, ErasurePlan, RetentionPlan, RetentionHolds, RetentionHold, RetentionEnd:
		return true
	}
	return false
}

// people holds the rules on acts between people: nobody raises himself, power
// takes two, and somebody always remains who can let others in.
func people(actor Actor, act Act, res Resource) error {
	self := res.Person != 0 && res.Person == actor.ID
	switch act {
	case PersonGrant:
		if self {
			return Errorf(Denied, "You can't grant a role to yourself: ask another admin.")
		}
		if NeedsSecond(res.Grant, res.Admins) && !res.Second {
			return Errorf(Denied, "A grant of %s needs a second admin to agree.", res.Grant)
		}
	case PersonAgree:
		if self || res.Granter == actor.ID {
			return Errorf(Denied, "Another admin has to agree to this grant: neither who gave it nor who gets it.")
		}
	case ApprovalAnswer:
		if self {
			return Errorf(Denied, "Another person has to agree to your export: not you yourself.")
		}
	case RetentionApprove:
		if self {
			return Errorf(Denied, "Another person has to agree to this change: not who proposed it.")
		}
	case UnusualSettle:
		if self {
			return Errorf(Denied, "What is about you is for another privacy officer to settle.")
		}
	case PersonTeam:
		if self {
			return Errorf(Denied, "You can't move yourself to another team: ask another admin.")
		}
	case PersonLeave:
		if self {
			return Errorf(Denied, "Another admin decides about your leaving.")
		}
	case PersonRevoke:
		if self {
			return Errorf(Denied, "You can't revoke yourself: ask another admin.")
		}
		return lastAdmin(res)
	case PersonDemote, ReviewDecide, ReviewClose:
		return lastAdmin(res)
	}
	return nil
}

// NeedsSecond says whether a grant of role counts only when a second admin has
// agreed; admins is how many there are.
func NeedsSecond(role Role, admins int) bool {
	return (role == Admin || role == Privacy) && admins >= 2
}

func lastAdmin(res Resource) error {
	if res.Grant == Admin && res.Admins <= 1 {
		return Errorf(Denied, "This is the last admin: make another one first, who has joined.")
	}
	return nil
}

// Wears picks the role in which actor does act: the one worn if that allows
// it, else the first held one that does.
func Wears(actor Actor, act Act) Actor {
	if matrix[act][actor.Role] != toNothing {
		return actor
	}
	for _, r := range actor.Held {
		if matrix[act][r] != toNothing {
			return actor.As(r)
		}
	}
	return actor
}
