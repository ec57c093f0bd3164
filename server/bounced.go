package server

import (
	"bufio"
	"strings"

	"balie/ops"
	"balie/policy"
)

type contactsBounced struct{}

// maxBounces bounds what is read of a list of addresses.
const maxBounces = 4 << 20

// Run reads addresses, one on a line, as programs that send mail give them.
func (cmd *contactsBounced) Run(c *call) error {
	actor := c.as(policy.MailBounce)
	if err := policy.Can(actor, policy.MailBounce, policy.Resource{}); err != nil {
		return err // before a file is sent in vain
	}
	file, err := ops.NewSpool(c.in, maxBounces)
	if err != nil {
		return err
	}
	defer file.Close()
	var mails []string
	lines := bufio.NewScanner(file.Reader())
	for lines.Scan() {
		if mail := strings.TrimSpace(lines.Text()); mail != "" {
			mails = append(mails, mail)
		}
	}
	if err := lines.Err(); err != nil {
		return policy.Errorf(policy.Invalid, "Give between 1 and %d mail addresses, one on a line.", 10_000)
	}
	b, err := c.ops.NoteBounces(c.ctx, actor, mails)
	if err != nil {
		return err
	}
	return c.tell("Noted: %d. Of nobody whom you see: %d.", b.Noted, b.Unknown)
}
