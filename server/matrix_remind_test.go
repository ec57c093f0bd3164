package server

func init() { matrix["invoices reminders"] = rights{may: bookkeepers} }
