//go:build !linux

package clickhousetest

import "syscall"

var endWithParent *syscall.SysProcAttr
