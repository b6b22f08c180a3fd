// Package mockocr gives each Go test a fresh account on a mockocr server: a local server that answers
// like the OCR APIs of the clouds.
//
//	func TestUsedUpQuotaIsReported(t *testing.T) {
//		mock := mockocr.Start(t)
//		mock.Fail("tencent.general", "error=quota_exceeded")
//		_, err := scan(mock.URL, mock.Credentials["tencent"], "invoice.png")
//		...
//	}
//
// The server is the one of MOCKOCR_URL, or else one that this package starts once for all tests of the
// program with the command mockocr, and that ends with the program.
package mockocr

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"
)

// StartSeconds is how long a started server may take until it is ready.
const StartSeconds = 60

var ready = regexp.MustCompile(`^mockocr \S+ ready on (\S+)`)

// The server that this program started, or why it did not.
var started struct {
	once sync.Once
	url  string
	err  error
	// The server ends when its standard input closes, so the writer must not be collected.
	stdin io.WriteCloser
}

// ServerURL returns the URL of the server of MOCKOCR_URL, or of the one that this program starts at
// the first call.
func ServerURL() (string, error) {
	if url := os.Getenv("MOCKOCR_URL"); url != "" {
		if !strings.Contains(url, "://") {
			url = "http://" + url
		}
		return strings.TrimRight(url, "/"), nil
	}
	started.once.Do(func() { started.url, started.err = launch() })
	return started.url, started.err
}

func launch() (string, error) {
	program := os.Getenv("MOCKOCR_COMMAND")
	if program == "" {
		program = "mockocr"
	}
	command := exec.Command(program, "serve", "--port", "0", "--stop-with-stdin")
	stderr, err := command.StderrPipe()
	if err != nil {
		return "", err
	}
	stdin, err := command.StdinPipe()
	if err != nil {
		return "", err
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := command.Start(); err != nil {
		return "", fmt.Errorf(
			"mockocr does not start (%w); install it (pip install mockocr), name it by"+
				" MOCKOCR_COMMAND, or set MOCKOCR_URL to a server that runs", err)
	}
	started.stdin = stdin
	line, why := make(chan string, 1), make(chan string, 1)
	go func() {
		read, _ := bufio.NewReader(stdout).ReadString('\n')
		line <- read
		_, _ = io.Copy(io.Discard, stdout)
	}()
	go func() { // the log of the requests is in the journal too
		last := ""
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			last = lines.Text()
		}
		_, _ = io.Copy(io.Discard, stderr)
		why <- last
	}()
	select {
	case read := <-line:
		if found := ready.FindStringSubmatch(read); found != nil {
			return strings.TrimRight(found[1], "/"), nil
		}
		return "", fmt.Errorf("mockocr ended before it was ready: %s%s", read, <-why)
	case <-time.After(StartSeconds * time.Second):
		_ = command.Process.Kill()
		return "", fmt.Errorf("mockocr was not ready after %d s", StartSeconds)
	}
}
