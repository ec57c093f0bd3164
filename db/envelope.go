package db

import (
	"context"
	"encoding/json"

	"balie/db/seal"
)

// envelope seals what may be about a customer or about nobody: under the customer's
// key, or without one under the system key, bound to what it is part of.
type envelope struct {
	keys       *seal.Keyring
	of         int64
	key        seal.DataKey
	ofCustomer bool
}

// boxOf is for what was read, with the customer's key as it stands there.
func (s *Store) boxOf(of, customer int64, epoch *int, wrapped []byte) (b envelope, err error) {
	b = envelope{keys: s.Keys, of: of}
	if customer == 0 || epoch == nil {
		return b, nil
	}
	b.ofCustomer = true
	b.key, err = s.Keys.Unwrap(customer, seal.Wrapped{Epoch: *epoch, Key: wrapped})
	return b, err
}

// newBox is for what is to be written; the customer must be there to see.
func (tx *Tx) newBox(ctx context.Context, of, customer int64) (b envelope, err error) {
	b = envelope{keys: tx.store.Keys, of: of}
	if customer == 0 {
		return b, nil
	}
	b.ofCustomer = true
	b.key, err = tx.customerKey(ctx, customer)
	return b, err
}

func (b envelope) open(place string, sealed []byte, into any) error {
	if b.ofCustomer {
		return openJSON(b.key, place, sealed, into)
	}
	plain, err := b.keys.Open(place, b.of, sealed)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, into)
}

func (b envelope) seal(place string, value any) []byte {
	if b.ofCustomer {
		return sealJSON(b.key, place, value)
	}
	return b.keys.Seal(place, b.of, marshal(value))
}
