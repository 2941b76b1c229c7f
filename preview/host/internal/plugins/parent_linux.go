package plugins

import (
	"os/exec"
	"syscall"
)

// dieWithParent has the kernel kill the plugin when the host dies without a chance to stop it (kill -9). The plugin is
// in a process group of its own, so that Ctrl-C in a terminal reaches the host alone, which then stops it in order.
func dieWithParent(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
