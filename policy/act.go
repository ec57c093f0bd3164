package policy

import (
	"slices"

	"balie/policy/text"
)

// Act names something that a person or the program does; the log shows it.
type Act string

// The acts. Each has its row in the matrix of can.go, without which nobody may
// do it.
const (
	CustomerList     Act = "customer.list"
	CustomerView     Act = "customer.view"
	CustomerCreate   Act = "customer.create"
	CustomerUpdate   Act = "customer.update"
	CustomerHandOver Act = "customer.handover"
	CustomerExport   Act = "customer.export"
	CustomerExposure Act = "customer.exposure" // who has seen this one
	CustomerCount    Act = "customer.count"
	CustomerSeenBy   Act = "customer.seenby" // whom a colleague saw
	CustomerMerge    Act = "customer.merge"  // two that are one
	CustomerUnmerge  Act = "customer.unmerge"
	DuplicateList    Act = "duplicate.list"    // pairs that look like one
	DuplicateDismiss Act = "duplicate.dismiss" // they are two, or may be one after all
	DuplicateFind    Act = "duplicate.find"    // by the clock
	ImportRun        Act = "import.run"
	ImportRevert     Act = "import.revert"
	NoteView         Act = "note.view"
	NoteCreate       Act = "note.create"
	ApprovalAsk      Act = "approval.ask" // for a second person's word on an export
	ApprovalList     Act = "approval.list"
	ApprovalAnswer   Act = "approval.answer"
	TagList          Act = "tag.list"
	TagManage        Act = "tag.manage"
	ViewList         Act = "view.list" // saved views of lists
	ViewSave         Act = "view.save"
	ViewDelete       Act = "view.delete"

	CustomerErase    Act = "customer.erase"    // for good: art. 17 GDPR
	CustomerRestrict Act = "customer.restrict" // on or off: art. 18 GDPR
	ErasurePlan      Act = "erasure.plan"      // what an erasure would do
	ErasureList      Act = "erasure.list"      // those that were done, and their certificates
	ErasureTell      Act = "erasure.tell"      // a recipient was told: art. 19 GDPR
	SuppressionList  Act = "suppression.list"
	SuppressionLift  Act = "suppression.lift" // one who was erased came back

	RetentionList    Act = "retention.list"    // the schedule
	RetentionSet     Act = "retention.set"     // a change is proposed, or taken back
	RetentionApprove Act = "retention.approve" // a second person agrees
	RetentionPlan    Act = "retention.plan"    // whom the rules would take
	RetentionHolds   Act = "retention.holds"
	RetentionHold    Act = "retention.hold"    // put on or ended; one that was put away comes back
	RetentionEnd     Act = "retention.end"     // a contract or a procedure ended
	RetentionFigures Act = "retention.figures" // how many left
	RetentionArchive Act = "retention.archive" // by the clock: put away, or brought back
	InvoiceExpire    Act = "invoice.expire"    // by the clock

	FieldList  Act = "field.list"  // of the organisation's own
	FieldWrite Act = "field.write" // added, changed, retired
	FieldUsage Act = "field.usage" // how much each field is used
	FieldCount Act = "field.count" // asked for, now
	FieldDrop  Act = "field.drop"  // with all that stands in it
	FieldSweep Act = "field.sweep" // by the clock: count, and delete what is to go

	InvoiceList   Act = "invoice.list"
	InvoiceView   Act = "invoice.view"
	InvoiceStatus Act = "invoice.status" // whether those of a customer are paid
	InvoiceAsk    Act = "invoice.ask"    // a draft for finance, without amounts
	InvoiceWrite  Act = "invoice.write"  // written, changed or thrown away
	InvoiceIssue  Act = "invoice.issue"  // final from then on
	InvoicePay    Act = "invoice.pay"    // money came in, or went back
	InvoiceRemind Act = "invoice.remind"
	InvoiceNote   Act = "invoice.note"   // by the clock: that a reminder is due
	InvoiceExport Act = "invoice.export" // a document, or the books
	InvoiceImport Act = "invoice.import" // those of another system, as history; or that taken back

	TaskList       Act = "task.list"
	TaskWrite      Act = "task.write"  // written or changed
	TaskDo         Act = "task.do"     // done, or not after all
	TaskRemind     Act = "task.remind" // of one's own that came due
	ActivityView   Act = "activity.view"
	ActivityAdd    Act = "activity.add"
	ActivityUpdate Act = "activity.update"
	DealList       Act = "deal.list" // the board, lists, the forecast
	DealView       Act = "deal.view"
	DealCreate     Act = "deal.create"
	DealUpdate     Act = "deal.update"
	DealMove       Act = "deal.move" // to another stage; won and lost are stages
	PipelineList   Act = "pipeline.list"
	PipelineManage Act = "pipeline.manage"

	PurposeList    Act = "purpose.list"
	PurposeSet     Act = "purpose.set"
	ConsentList    Act = "consent.list"    // how people stand to a purpose
	ConsentRecord  Act = "consent.record"  // a yes, a withdrawal, an objection, its evidence
	ConsentProve   Act = "consent.prove"   // the chain of evidence, or a file of it
	ConsentConfirm Act = "consent.confirm" // the person used the link of a double opt-in
	AudienceList   Act = "audience.list"
	AudienceWrite  Act = "audience.write"
	AudienceExport Act = "audience.export"
	MailBounce     Act = "mail.bounce"     // mail came back from an address
	HygieneLook    Act = "hygiene.look"    // by the clock: what should not be there any more
	PrivacyFigures Act = "privacy.figures" // the officer's dashboard
	RequestList    Act = "request.list"    // the register of what data subjects asked
	RequestView    Act = "request.view"
	RequestRecord  Act = "request.record"  // one came in
	RequestHandle  Act = "request.handle"  // a step towards its answer
	RequestGather  Act = "request.gather"  // all that is held about who asks
	RequestRelease Act = "request.release" // the archive that answers it left
	DrillRun       Act = "drill.run"       // a rehearsal with somebody by chance
	DrillList      Act = "drill.list"

	PersonList   Act = "person.list"
	PersonInvite Act = "person.invite"
	PersonGrant  Act = "person.grant"
	PersonAgree  Act = "person.agree"  // a second admin, on a grant of power
	PersonDemote Act = "person.demote" // a grant ends
	PersonRevoke Act = "person.revoke"
	PersonReset  Act = "person.reset"  // new invitation for a lost phone or key
	PersonTeam   Act = "person.team"   // moved to another team
	PersonLeave  Act = "person.leave"  // a departure is planned, changed or called off
	PersonReport Act = "person.report" // the leaving report was read
	PersonCheck  Act = "person.check"  // a line of the leaving checklist
	KeyList      Act = "key.list"      // everybody's: what is weak, old or unused
	KeyAdd       Act = "key.add"       // of one's own
	KeyRename    Act = "key.rename"    // of one's own
	KeyRemove    Act = "key.remove"
	KeySuspend   Act = "key.suspend" // unused for too long
	KeyLift      Act = "key.lift"    // an admin ends a suspension
	SessionList  Act = "session.list"
	SessionClose Act = "session.close"

	SettingList   Act = "setting.list"
	SettingChange Act = "setting.change" // the organisation decides something

	ReviewStart  Act = "review.start"  // of one person or role, outside the quarters
	ReviewList   Act = "review.list"   // the reviews, and one with its grants
	ReviewView   Act = "review.view"   // what one colleague did with a grant
	ReviewDecide Act = "review.decide" // or take that back
	ReviewAssign Act = "review.assign" // to another reviewer
	ReviewSign   Act = "review.sign"
	ReviewExport Act = "review.export"
	ReviewOpen   Act = "review.open"   // by the clock
	ReviewRemind Act = "review.remind" // by the clock: escalate what waits
	ReviewClose  Act = "review.close"  // by the clock: suspend and sign

	ProfileView   Act = "profile.view"
	ProfileUpdate Act = "profile.update"
	ProfilePhone  Act = "profile.phone" // another phone gives the codes
	AuditView     Act = "audit.view"
	AuditVerify   Act = "audit.verify"
	AuditExport   Act = "audit.export"

	RegisterList    Act = "register.list"
	RegisterWrite   Act = "register.write"
	BreachList      Act = "breach.list"
	BreachWrite     Act = "breach.write"
	DocumentView    Act = "document.view"    // what the live configuration says of itself
	DocumentPublish Act = "document.publish" // that text is the one that counts outside

	UnusualList   Act = "unusual.list"   // who saw many more customers than usual
	UnusualSettle Act = "unusual.settle" // an officer says what it was
	UnusualFlag   Act = "unusual.flag"   // by the clock

	SignIn     Act = "signin"
	SignInCode Act = "signin.code" // the second factor was proven
	SignInBad  Act = "signin.refused"
	SignOut    Act = "signout"
	Join       Act = "join"
	SystemJob  Act = "system.job"

	JobList       Act = "job.list"
	JobRun        Act = "job.run"        // asked for by a person; the clock's own are SystemJob
	PersonExpire  Act = "person.expire"  // a grant or an invitation ran out
	AttentionList Act = "attention.list" // what waits for the actor
	ArchiveExport Act = "archive.export" // all of the installation, by who runs the machine
	ArchiveImport Act = "archive.import"
)

// Acts are all acts, for tests and for the filter of the log.
var Acts = []Act{
	CustomerList, CustomerView, CustomerCreate, CustomerUpdate, CustomerHandOver, CustomerExport, CustomerExposure, CustomerCount,
	CustomerMerge, CustomerUnmerge, DuplicateList, DuplicateDismiss, DuplicateFind,
	ApprovalAsk, ApprovalList, ApprovalAnswer,
	ImportRun, ImportRevert, NoteView, NoteCreate, TagList, TagManage, ViewList, ViewSave, ViewDelete,
	CustomerErase, CustomerRestrict, ErasurePlan, ErasureList, ErasureTell, SuppressionList, SuppressionLift,
	RetentionList, RetentionSet, RetentionApprove, RetentionPlan, RetentionHolds, RetentionHold, RetentionEnd, RetentionFigures, RetentionArchive, InvoiceExpire,
	FieldList, FieldWrite, FieldUsage, FieldCount, FieldDrop, FieldSweep,
	InvoiceList, InvoiceView, InvoiceStatus, InvoiceAsk, InvoiceWrite, InvoiceIssue, InvoicePay, InvoiceRemind, InvoiceNote, InvoiceExport, InvoiceImport,
	TaskList, TaskWrite, TaskDo, TaskRemind, ActivityView, ActivityAdd, ActivityUpdate,
	DealList, DealView, DealCreate, DealUpdate, DealMove, PipelineList, PipelineManage,
	RequestList, RequestView, RequestRecord, RequestHandle, RequestGather, RequestRelease, DrillRun, DrillList,
	PersonList, PersonInvite, PersonGrant, PersonAgree, PersonDemote, PersonRevoke, PersonReset, PersonTeam, PersonLeave, PersonReport, PersonCheck, CustomerSeenBy, KeyList, KeyAdd, KeyRename, KeyRemove, KeySuspend, KeyLift, SessionList, SessionClose,
	SettingList, SettingChange, RegisterList, RegisterWrite, BreachList, BreachWrite, DocumentView, DocumentPublish,
	PurposeList, PurposeSet, ConsentList, ConsentRecord, ConsentProve, ConsentConfirm, AudienceList, AudienceWrite, AudienceExport, MailBounce, HygieneLook, PrivacyFigures,
	ReviewStart, ReviewList, ReviewView, ReviewDecide, ReviewAssign, ReviewSign, ReviewExport, ReviewOpen, ReviewRemind, ReviewClose,
	ProfileView, ProfileUpdate, ProfilePhone, AuditView, AuditVerify, AuditExport, UnusualList, UnusualSettle, UnusualFlag, SignIn, SignInCode, SignInBad, SignOut, Join, SystemJob, JobList, JobRun, PersonExpire, AttentionList, ArchiveExport, ArchiveImport,
}

// CheckAct says whether an act is one of those; "" stands for every one.
func CheckAct(a Act) error {
	if a == "" || slices.Contains(Acts, a) {
		return nil
	}
	return Errorf(Invalid, "There is no act %q: the log names those there are, as customer.view or signin.", text.Clean(string(a))).On("act")
}
