// Package checks prints what a client made of an answer, one line per check, and whether that was
// right.
package checks

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
)

var (
	// Picture is the path of the sample picture, NotAPicture that of a text.
	Picture, NotAPicture = Value("SAMPLES") + "/hello.png", Value("NOT_A_PICTURE")
	// Document is a PDF document with the sample picture.
	Document = Value("DOCUMENT")

	truth = []string{"发票", "Invoice", "1280.50"}
	wrong bool
)

// Value is a credential or an address, as clients/README.md names them.
func Value(name string) string {
	found, there := os.LookupEnv(name)
	if !there {
		panic(name + " is not set")
	}
	return found
}

// Sample is the path of a sample picture.
func Sample(name string) string {
	return Value("SAMPLES") + "/" + name
}

// UsedUp is the same credential of the account that has no calls left.
func UsedUp(name string) string {
	return Value("USED_UP_" + name)
}

// Spoilt is the secret with its last character changed.
func Spoilt(secret string) string {
	return secret[:len(secret)-1] + "x"
}

// Encoded is the file in base64.
func Encoded(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return base64.StdEncoding.EncodeToString(data)
}

// Read asks for the text of the sample picture in what the client gave.
func Read(lines []string, err error) {
	ReadBy("read", lines, err)
}

// ReadBy is Read under another name.
func ReadBy(check string, lines []string, err error) {
	seen := strings.Join(lines, " / ")
	if err != nil {
		seen = err.Error()
	}
	ReadWords(check, seen, truth...)
}

// ReadWords asks for words in what the client gave.
func ReadWords(check, seen string, words ...string) {
	plain, right := strings.ReplaceAll(seen, " ", ""), true
	for _, word := range words {
		right = right && strings.Contains(plain, word)
	}
	report(check, seen, right)
}

// Refused compares what the client says of a refusal: its error and the vendor's code.
func Refused(check, seen, wanted string) {
	report(check, seen, seen == wanted)
}

// FailsOnce makes the next request of the operation fail as while the vendor is not available.
func FailsOnce(operation string) {
	FailsOnceBy("unavailable", operation)
}

// FailsOnceBy makes the next request of the operation fail by an error.
func FailsOnceBy(fault, operation string) {
	body := fmt.Sprintf(`{"operation":%q,"fault":"error=%s","times":1}`, operation, fault)
	control("POST", "/faults", body, &struct{}{})
}

// Retried looks in the journal for the failed request and the client's own second one.
func Retried(operation string) {
	RetriedAfter("503", operation)
}

// RetriedAfter is Retried for a request that failed with another status.
func RetriedAfter(status, operation string) {
	var found struct{ Requests []struct{ Status int } }
	control("GET", "/requests?limit=2&operation="+operation, "", &found)
	seen := ""
	for _, request := range found.Requests {
		seen = fmt.Sprintf("%d %s", request.Status, seen)
	}
	report("retried", seen, seen == status+" 200 ")
}

func control(method, path, body string, into any) {
	url := Value("CONTROL_URL") + "/_mockocr" + path
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		panic(err)
	}
}

// End leaves the program, with 1 when a check was wrong.
func End() {
	if wrong {
		os.Exit(1)
	}
}

func report(check, seen string, right bool) {
	verdict := "right"
	if !right {
		wrong, verdict = true, "WRONG"
	}
	fmt.Printf("%s\t%s\t%s\n", check, verdict, strings.ReplaceAll(seen, "\n", " "))
}
