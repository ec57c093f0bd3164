package policy

import (
	"strings"

	"balie/policy/text"
)

// CheckKey says whether an SSH public key of a kind and size may be registered.
func CheckKey(kind string, bits int) error {
	switch kind {
	case "ssh-ed25519", "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
		"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521":
		return nil
	case "ssh-rsa":
		return checkRSA(bits)
	}
	if strings.Contains(kind, "-cert-") {
		return Errorf(Invalid, "A certificate can't be registered: use the plain key.").On("key")
	}
	return Errorf(Invalid, "Keys of the kind %q are not safe enough: make a new one with ssh-keygen -t ed25519.", text.New(kind).Cut(40)).On("key")
}

func checkRSA(bits int) error {
	if bits < 3072 || bits > 8192 {
		return Errorf(Invalid, "An RSA key must have 3072 to 8192 bits, this one has %d: make a new one with ssh-keygen -t ed25519.", bits).On("key")
	}
	return nil
}
