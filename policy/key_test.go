package policy

import "testing"

func TestCheckKey(t *testing.T) {
	for _, tc := range []struct {
		kind string
		bits int
		ok   bool
	}{
		{"ssh-ed25519", 0, true},
		{"sk-ssh-ed25519@openssh.com", 0, true},
		{"sk-ecdsa-sha2-nistp256@openssh.com", 0, true},
		{"ecdsa-sha2-nistp256", 0, true},
		{"ecdsa-sha2-nistp521", 0, true},
		{"ssh-rsa", 3072, true},
		{"ssh-rsa", 8192, true},
		{"ssh-rsa", 3071, false},
		{"ssh-rsa", 2048, false},
		{"ssh-rsa", 8193, false},
		{"ssh-rsa", 0, false},
		{"ssh-dss", 0, false},
		{"ssh-ed25519-cert-v01@openssh.com", 0, false},
		{"", 0, false},
	} {
		if err := CheckKey(tc.kind, tc.bits); (err == nil) != tc.ok {
			t.Errorf("CheckKey(%q, %d) = %v", tc.kind, tc.bits, err)
		}
	}
}
