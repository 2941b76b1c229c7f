package clickhousetest

import "syscall"

// endWithParent ends the server even where the tests are killed.
var endWithParent = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
