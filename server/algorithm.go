package server

import gossh "golang.org/x/crypto/ssh"

// Modern algorithms only. Left out: NIST curves and SHA-1 for the exchange,
// CBC, and MACs that are computed before encryption.
var (
	keyExchanges = []string{gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519}
	ciphers      = []string{gossh.CipherChaCha20Poly1305, gossh.CipherAES256GCM, gossh.CipherAES128GCM, gossh.CipherAES256CTR}
	macs         = []string{gossh.HMACSHA256ETM, gossh.HMACSHA512ETM}

	// keyAlgorithms are for people's keys: RSA with SHA-2 only, and no DSA.
	keyAlgorithms = []string{
		gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoSKECDSA256,
		gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521,
		gossh.KeyAlgoRSASHA256, gossh.KeyAlgoRSASHA512,
	}
)

// maxRSA is the longest RSA key in bits whose signature is looked at.
const maxRSA = 8192
