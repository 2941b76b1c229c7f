// Package share lets identical questions that are asked at the same time have one answer.
package share

import (
	"context"
	"sync"
)

// Group runs one call for each key at a time.
type Group[T any] struct {
	mu    sync.Mutex
	calls map[string]*call[T]
}

type call[T any] struct {
	done    chan struct{}
	value   T
	err     error
	waiting int
	cancel  context.CancelFunc
}

// Do runs the function, or waits for the run of the same key that is under way. The run has a context of its own, which
// ends when the last of those who wait has gone.
func (g *Group[T]) Do(ctx context.Context, key string, run func(context.Context) (T, error)) (value T, shared bool, err error) {
	g.mu.Lock()
	c, shared := g.calls[key]
	if !shared {
		own, cancel := context.WithCancel(context.WithoutCancel(ctx))
		c = &call[T]{done: make(chan struct{}), cancel: cancel}
		if g.calls == nil {
			g.calls = map[string]*call[T]{}
		}
		g.calls[key] = c
		go func() {
			defer cancel()
			c.value, c.err = run(own)
			g.forget(key, c)
			close(c.done)
		}()
	}
	c.waiting++
	g.mu.Unlock()
	select {
	case <-c.done:
		return c.value, shared, c.err
	case <-ctx.Done():
		g.leave(key, c)
		return value, shared, ctx.Err()
	}
}

// leave ends a call that nobody waits for, and keeps latecomers from joining it.
func (g *Group[T]) leave(key string, c *call[T]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c.waiting--; c.waiting == 0 {
		c.cancel()
		if g.calls[key] == c {
			delete(g.calls, key)
		}
	}
}

func (g *Group[T]) forget(key string, c *call[T]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.calls[key] == c {
		delete(g.calls, key)
	}
}
