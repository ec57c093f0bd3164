package server

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"balie/policy"
)

// rights says for one command how to call it and who may. In args, %s is a
// colleague made for the call, and ID a customer of the salesperson's.
type rights struct {
	args    string
	input   string
	may     []policy.Role
	missing bool // what it is about isn't there, so those who may fail, but aren't refused
	invalid bool // what is given isn't right, which those who may are told
}

var (
	all           = policy.Roles
	savers        = []policy.Role{policy.Sales, policy.Manager, policy.Finance, policy.Privacy}
	sellers       = []policy.Role{policy.Sales, policy.Manager}
	stewards      = []policy.Role{policy.Manager, policy.Privacy}
	finance       = []policy.Role{policy.Finance}
	bookkeepers   = []policy.Role{policy.Finance, policy.Privacy}
	readers       = []policy.Role{policy.Sales, policy.Manager, policy.Privacy}
	overseers     = []policy.Role{policy.Manager, policy.Privacy, policy.Admin, policy.Auditor}
	admins        = []policy.Role{policy.Admin}
	registrars    = []policy.Role{policy.Sales, policy.Manager, policy.Privacy, policy.Auditor}
	reviewers     = []policy.Role{policy.Manager, policy.Privacy, policy.Admin}
	recordkeepers = []policy.Role{policy.Privacy, policy.Admin, policy.Auditor}
)

// matrix has a row for every command (threat 31). A command without one fails
// TestMatrix.
var matrix = map[string]rights{
	"whoami":            {may: all},
	"contacts list":     {may: readers},
	"contacts show":     {args: "ID", may: readers},
	"contacts import":   {args: "--source fair --basis contract --dry-run", input: "name,mail\nPiet Pieters,piet@example.nl\n", may: sellers},
	"contacts revert":   {args: "999999", may: sellers, missing: true},
	"contacts export":   {args: "--format csv", may: readers},
	"companies list":    {may: readers},
	"companies show":    {args: "ID", may: readers},
	"approvals list":    {may: []policy.Role{policy.Sales, policy.Manager, policy.Privacy, policy.Admin, policy.Auditor}},
	"approvals agree":   {args: "999999", may: []policy.Role{policy.Manager, policy.Privacy, policy.Admin}, missing: true},
	"approvals refuse":  {args: "999999", may: []policy.Role{policy.Manager, policy.Privacy, policy.Admin}, missing: true},
	"fields list":       {may: []policy.Role{policy.Manager, policy.Privacy, policy.Auditor}},
	"fields add":        {args: "deal Permit%s --kind yesno --purpose quotes --basis contract --months 12 --seen-by sales", may: stewards},
	"fields change":     {args: "person No-such --months 12", may: stewards, missing: true},
	"fields retire":     {args: "person No-such", may: stewards, missing: true},
	"fields count":      {may: stewards},
	"fields drop":       {args: "person No-such", may: stewards, missing: true},
	"fields dropped":    {may: []policy.Role{policy.Manager, policy.Privacy, policy.Auditor}},
	"tags list":         {may: nil}, // filled in below: it follows policy
	"views list":        {may: savers},
	"views show":        {args: "none", may: savers, missing: true},
	"views save":        {args: "late --list tasks --filter due<today", may: savers},
	"views delete":      {args: "late --list tasks", may: savers},
	"tasks list":        {may: readers},
	"tasks show":        {args: "999999", may: readers, missing: true},
	"tasks add":         {args: "offer --customer ID --due tomorrow --repeat weekly", may: sellers},
	"tasks done":        {args: "999999", may: sellers, missing: true},
	"do":                {args: "call Jansen tomorrow 10:00 about offer --customer ID", may: sellers},
	"activities list":   {args: "ID", may: readers},
	"activities add":    {args: "ID call --about offer --at yesterday", may: sellers},
	"invoices list":     {may: bookkeepers},
	"invoices show":     {args: "999999", may: bookkeepers, missing: true},
	"invoices owing":    {may: bookkeepers},
	"invoices status":   {args: "ID", may: []policy.Role{policy.Sales, policy.Manager, policy.Finance, policy.Privacy}},
	"invoices ask":      {args: "ID --about work", may: sellers},
	"invoices draft":    {args: "--to Kuipers --line 'advice;1;10;21'", may: finance},
	"invoices edit":     {args: "999999 --about work", may: finance, missing: true},
	"invoices drop":     {args: "999999 --yes", may: finance, missing: true},
	"invoices issue":    {args: "999999 --yes", may: finance, missing: true},
	"invoices credit":   {args: "999999", may: finance, missing: true},
	"invoices pay":      {args: "999999 1,00", may: finance, missing: true},
	"invoices remind":   {args: "999999", may: finance, missing: true},
	"invoices pdf":      {args: "999999", may: bookkeepers, missing: true},
	"invoices ubl":      {args: "999999", may: bookkeepers, missing: true},
	"invoices export":   {args: "2026", may: bookkeepers},
	"deals list":        {may: readers},
	"deals show":        {args: "999999", may: readers, missing: true},
	"deals add":         {args: "ID --title dormer --value 8400", may: sellers},
	"deals change":      {args: "999999 --next call", may: readers, missing: true},
	"deals move":        {args: "999999 quote", may: sellers, missing: true},
	"deals win":         {args: "999999", may: sellers, missing: true},
	"deals lose":        {args: "999999 --why price", may: sellers, missing: true},
	"deals forecast":    {may: readers},
	"pipelines list":    {may: readers},
	"requests deadline": {args: "--received 2026-01-31", may: registrars},

	"registers list":    {args: "processors", may: recordkeepers},
	"registers show":    {args: "inventory 999999", may: recordkeepers, missing: true},
	"registers fields":  {args: "breaches", may: all},
	"registers add":     {args: "recipients name=post data=addresses why=parcels country=NL", may: []policy.Role{policy.Privacy, policy.Admin}},
	"registers set":     {args: "processors 999999 name=x", may: []policy.Role{policy.Privacy, policy.Admin}, missing: true},
	"registers retire":  {args: "breaches 999999", may: []policy.Role{policy.Privacy}, missing: true},
	"breaches affected": {args: "999999", may: []policy.Role{policy.Privacy}, missing: true},
	"breaches letter":   {args: "999999", may: []policy.Role{policy.Privacy, policy.Auditor}, missing: true},
	"documents list":    {may: all},
	"documents show":    {args: "handbook", may: recordkeepers},
	"documents publish": {args: "handbook", may: []policy.Role{policy.Privacy}},

	"users list":      {may: overseers},
	"users show":      {args: "%s", may: overseers},
	"users keys":      {args: "%s", may: overseers},
	"users invite":    {args: "new-%s --name New --as sales", may: admins},
	"users reset":     {args: "%s", may: admins},
	"users grant":     {args: "%s finance", may: admins},
	"users agree":     {args: "999999", may: admins, missing: true},
	"users ungrant":   {args: "999999", may: admins, missing: true},
	"users revoke":    {args: "%s --yes", may: admins},
	"users stay":      {args: "%s", may: admins, missing: true},
	"users hand-over": {args: "%s the-sales", may: admins, missing: true},
	"users leaving":   {args: "%s", may: []policy.Role{policy.Privacy, policy.Admin, policy.Auditor}},
	"users tick":      {args: "%s 1", may: admins, missing: true},
	"users team":      {args: "%s south", may: admins},
	"keys list":       {may: all},
	"keys add":        {args: "--code 000000", input: "ssh-ed25519 AAAA", may: all, invalid: true},
	"keys rename":     {args: "999999 laptop", may: all, missing: true},
	"keys remove":     {args: "999999", may: all, missing: true},
	"keys lift":       {args: "999999", may: admins, missing: true},
	"sessions list":   {may: all},
	"sessions close":  {args: "no-such-session", may: all, missing: true},
	"reviews list":    {may: overseers},
	"reviews show":    {args: "999999", may: overseers, missing: true},
	"reviews decide":  {args: "999999 1 confirm", may: reviewers, missing: true},
	"reviews undo":    {args: "999999 1", may: reviewers, missing: true},
	"reviews sign":    {args: "999999", may: reviewers, missing: true},
	"reviews assign":  {args: "999999 1 the-manager", may: reviewers, missing: true},
	"reviews away":    {args: "the-admin --of the-manager", may: reviewers},
	"reviews back":    {args: "--of the-finance", may: reviewers, missing: true},
	"reviews start":   {args: "--person %s", may: []policy.Role{policy.Privacy, policy.Admin}},
	"reviews export":  {args: "999999", may: []policy.Role{policy.Privacy, policy.Admin, policy.Auditor}, missing: true},
	"reviews mine":    {may: all},
	"jobs list":       {may: []policy.Role{policy.Privacy, policy.Admin, policy.Auditor}},
	"jobs show":       {args: "access.expire", may: []policy.Role{policy.Privacy, policy.Admin, policy.Auditor}},
	"jobs run":        {args: "access.expire --dry-run", may: admins},
	"settings list":   {may: all},
	"settings set":    {args: "keys.flag_days 91", may: admins},
	"audit list":      {may: all},
	"audit export":    {args: "--csv", may: []policy.Role{policy.Manager, policy.Privacy, policy.Admin, policy.Auditor}},
	"contacts seen":   {args: "ID", may: readers},
	"companies seen":  {args: "ID --page", may: readers},
	"unusual list":    {may: []policy.Role{policy.Privacy, policy.Auditor}},
	"unusual settle":  {args: "999999 --as explained --note test", may: []policy.Role{policy.Privacy}, missing: true},
	"audit verify":    {may: []policy.Role{policy.Privacy, policy.Admin, policy.Auditor}},
}

func TestMatrix(t *testing.T) {
	paths := commandPaths(t)
	for path := range matrix {
		if !slices.Contains(paths, path) {
			t.Errorf("%q is in the matrix and no command", path)
		}
	}
	h := build(t, Limits{}, nil)
	staff := map[policy.Role]*gossh.Client{}
	for _, r := range policy.Roles {
		staff[r] = h.enrol(t, "the-"+string(r), r, "north").dial(t)
	}
	id := someCustomer(t, staff[policy.Sales])
	for _, path := range paths {
		row, ok := matrix[path]
		if !ok {
			t.Errorf("%q has no row in the matrix: say who may", path)
			continue
		}
		if path == "tags list" {
			row.may = allowedTo(policy.TagList)
		}
		for i, role := range policy.Roles {
			victim := fmt.Sprintf("v%d-%s", i, strings.ReplaceAll(path, " ", "-"))
			if strings.Contains(row.args, "%s") {
				h.person(t, victim, policy.Sales, "north")
			}
			line := path + " " + strings.NewReplacer("%s", victim, "ID", id).Replace(row.args) + " --reason test"
			got := command(t, staff[role], line, row.input)
			if want := row.want(role); got.code != want {
				t.Errorf("%s: %s gives %d, want %d\n%s%s", role, line, got.code, want, got.out, got.notes)
			}
		}
	}
}

func (r rights) want(role policy.Role) int {
	switch {
	case !slices.Contains(r.may, role):
		return exitRefused
	case r.missing:
		return exitFailed
	case r.invalid:
		return exitUsage
	}
	return exitDone
}

func allowedTo(act policy.Act) (may []policy.Role) {
	for _, r := range policy.Roles {
		if policy.KindOf(policy.Can(policy.Actor{ID: 1, Role: r}, act, policy.Resource{})) != policy.Denied {
			may = append(may, r)
		}
	}
	return may
}

// commandPaths are all commands there are, from the grammar itself.
func commandPaths(t *testing.T) (paths []string) {
	t.Helper()
	parser, err := newParser(&grammar{}, "", io.Discard, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, leaf := range parser.Model.Leaves(true) {
		path, _, _ := strings.Cut(leaf.Path(), " <")
		paths = append(paths, path)
	}
	if len(paths) < 15 {
		t.Fatalf("only %q", paths)
	}
	return paths
}

// someCustomer imports one for real, and gives its number.
func someCustomer(t *testing.T, sales *gossh.Client) string {
	t.Helper()
	file := "given,family,mail\nJan,Jansen,jan@example.nl\n"
	if got := command(t, sales, "contacts import --source fair --basis contract", file); got.code != exitDone {
		t.Fatalf("%+v", got)
	}
	got := command(t, sales, "contacts list --search jans --json", "")
	var rows []struct {
		ID   int64
		Name string
	}
	if err := json.Unmarshal([]byte(got.out), &rows); err != nil || len(rows) != 1 || rows[0].Name != "Jan Jansen" {
		t.Fatalf("%v: %+v", err, got)
	}
	return fmt.Sprint(rows[0].ID)
}
