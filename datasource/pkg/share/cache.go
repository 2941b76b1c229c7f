package share

import (
	"context"
	"sync"
	"time"
)

// Cache remembers answers for a while, and shares questions under way. Errors are not remembered.
type Cache[T any] struct {
	// For is how long an answer stays; Most is how many stay.
	For  time.Duration
	Most int

	group   Group[T]
	mu      sync.Mutex
	entries map[string]entry[T]
}

type entry[T any] struct {
	value T
	until time.Time
}

// Get gives the remembered answer, or runs the function.
func (c *Cache[T]) Get(ctx context.Context, key string, run func(context.Context) (T, error)) (T, error) {
	c.mu.Lock()
	found, ok := c.entries[key]
	c.mu.Unlock()
	if ok && time.Now().Before(found.until) {
		return found.value, nil
	}
	value, _, err := c.group.Do(ctx, key, run)
	if err == nil {
		c.put(key, value)
	}
	return value, err
}

func (c *Cache[T]) put(key string, value T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	if c.entries == nil {
		c.entries = map[string]entry[T]{}
	}
	if len(c.entries) >= c.Most {
		for k, e := range c.entries {
			if now.After(e.until) {
				delete(c.entries, k)
			}
		}
		if len(c.entries) >= c.Most {
			clear(c.entries)
		}
	}
	c.entries[key] = entry[T]{value, now.Add(c.For)}
}
