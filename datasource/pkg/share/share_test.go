package share

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestIdenticalCallsShareOneRun(t *testing.T) {
	var group Group[int]
	var runs atomic.Int32
	release := make(chan struct{})
	var waiting sync.WaitGroup
	var shared atomic.Int32
	started := make(chan struct{}, 10)
	for range 10 {
		waiting.Go(func() {
			started <- struct{}{}
			value, wasShared, err := group.Do(context.Background(), "key", func(context.Context) (int, error) {
				runs.Add(1)
				<-release
				return 42, nil
			})
			if wasShared {
				shared.Add(1)
			}
			if value != 42 || err != nil {
				t.Errorf("got %d, %v", value, err)
			}
		})
	}
	for range 10 {
		<-started
	}
	for { // all are in Do once the call has ten waiting
		group.mu.Lock()
		n := 0
		if c := group.calls["key"]; c != nil {
			n = c.waiting
		}
		group.mu.Unlock()
		if n == 10 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	close(release)
	waiting.Wait()
	if runs.Load() != 1 || shared.Load() != 9 {
		t.Errorf("%d runs, %d shared", runs.Load(), shared.Load())
	}
}

func TestARunEndsOnlyWhenTheLastWaitingHasGone(t *testing.T) {
	var group Group[int]
	ended := make(chan struct{})
	run := func(ctx context.Context) (int, error) {
		<-ctx.Done()
		close(ended)
		return 0, ctx.Err()
	}
	first, cancelFirst := context.WithCancel(context.Background())
	second, cancelSecond := context.WithCancel(context.Background())
	results := make(chan error, 2)
	for _, ctx := range []context.Context{first, second} {
		go func() {
			_, _, err := group.Do(ctx, "key", run)
			results <- err
		}()
	}
	for {
		group.mu.Lock()
		n := 0
		if c := group.calls["key"]; c != nil {
			n = c.waiting
		}
		group.mu.Unlock()
		if n == 2 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	cancelFirst()
	if err := <-results; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	select {
	case <-ended:
		t.Fatal("the run ended while somebody waited for it")
	default:
	}
	cancelSecond()
	<-results
	<-ended
}

func TestACacheRemembersAnswersButNotErrors(t *testing.T) {
	cache := Cache[int]{For: time.Hour, Most: 2}
	runs := 0
	ask := func(key string, err error) (int, error) {
		return cache.Get(context.Background(), key, func(context.Context) (int, error) {
			runs++
			return runs, err
		})
	}
	if _, err := ask("a", errors.New("no")); err == nil {
		t.Error("the error was lost")
	}
	first, _ := ask("a", nil)
	again, _ := ask("a", nil)
	if first != 2 || again != 2 {
		t.Errorf("got %d, then %d", first, again)
	}
	_, _ = ask("b", nil)
	_, _ = ask("c", nil)
	if len(cache.entries) > 2 {
		t.Errorf("%d answers are remembered, 2 allowed", len(cache.entries))
	}
}
