package ops

// FlagUnusual lets tests look at an hour of the past.
var FlagUnusual = flagUnusual
