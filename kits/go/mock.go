package mockocr

import (
	"net/url"
	"strconv"
	"testing"
	"time"
)

// Mock is a fresh account on a server. Its faults, answers, quotas and clock touch no other account,
// so tests can run in parallel. A control request that the server refuses ends the test.
type Mock struct {
	// URL of the server: the base URL of the client under test.
	URL string
	// Account is the name of the account.
	Account string
	// Credentials of the account, by vendor and field: Credentials["tencent"]["secret_id"].
	Credentials map[string]map[string]string

	t      testing.TB
	remote remote
}

// Start returns a fresh account, which is deleted when the test ends. If the test fails, the requests
// that the server refused are logged, each with the reason.
func Start(t testing.TB) *Mock {
	t.Helper()
	base, err := ServerURL()
	if err != nil {
		t.Fatal(err)
	}
	mock := &Mock{URL: base, t: t, remote: remote{base: base}}
	var created struct {
		Name        string                       `json:"name"`
		Credentials map[string]map[string]string `json:"credentials"`
	}
	mock.call("POST", "/accounts", struct{}{}, &created)
	mock.Account, mock.Credentials = created.Name, created.Credentials
	t.Cleanup(func() {
		if t.Failed() {
			for _, request := range mock.refused() {
				t.Logf("mockocr refused %s with %d %s: %s",
					request.Operation, request.Status, request.Code, request.Why)
			}
		}
		if err := mock.remote.call("DELETE", "/accounts/"+url.PathEscape(mock.Account), nil, nil); err != nil {
			t.Error(err)
		}
	})
	return mock
}

// Option says when a fault or an answer applies.
type Option func(map[string]any)

// Times limits how many requests it applies to; 0 means no limit. Without it, it applies once.
func Times(times int) Option {
	return func(rule map[string]any) {
		if times == 0 {
			rule["times"] = nil
		} else {
			rule["times"] = times
		}
	}
}

// After skips the first requests.
func After(requests int) Option {
	return func(rule map[string]any) { rule["after"] = requests }
}

// Probability is drawn for each request, repeatable with the seed.
func Probability(share float64, seed string) Option {
	return func(rule map[string]any) { rule["probability"], rule["seed"] = share, seed }
}

// Fail queues a fault for the operation ("tencent.general", "tencent.*", "*") and returns its id:
// "error=quota_exceeded", "delay=0.2", "reset" and others.
func (m *Mock) Fail(operation, fault string, options ...Option) string {
	m.t.Helper()
	return m.rule("/faults", map[string]any{"operation": operation, "fault": fault}, options)
}

// Answers queues the lines that the operation reads in the next picture, and returns the id.
func (m *Mock) Answers(operation string, lines []string, options ...Option) string {
	m.t.Helper()
	return m.rule("/answers", map[string]any{"operation": operation, "lines": lines}, options)
}

// AnswersFields queues the fields of the document (a card, a licence, an invoice) that the operation
// finds in the next picture, and returns the id.
func (m *Mock) AnswersFields(operation string, fields map[string]string, options ...Option) string {
	m.t.Helper()
	return m.rule("/answers", map[string]any{"operation": operation, "fields": fields}, options)
}

func (m *Mock) rule(path string, rule map[string]any, options []Option) string {
	m.t.Helper()
	rule["account"] = m.Account
	for _, option := range options {
		option(rule)
	}
	var queued struct {
		ID string `json:"id"`
	}
	m.call("POST", path, rule, &queued)
	return queued.ID
}

// Limits of a quota. A nil limit stays as it is.
type Limits struct {
	Left      *int `json:"left,omitempty"`
	PerSecond *int `json:"per_second,omitempty"`
	PerDay    *int `json:"per_day,omitempty"`
}

// N returns a pointer to a number, for Limits.
func N(number int) *int { return &number }

// Quota sets limits of the account for the operation.
func (m *Mock) Quota(operation string, limits Limits) {
	m.t.Helper()
	m.call("PUT", "/quotas/"+url.PathEscape(m.Account)+"/"+url.PathEscape(operation), limits, nil)
}

// Request is a row of the journal. Why is the reason of a refusal, in one sentence.
type Request struct {
	ID        string  `json:"id"`
	At        string  `json:"at"`
	Vendor    string  `json:"vendor"`
	Operation string  `json:"operation"`
	Account   string  `json:"account"`
	Method    string  `json:"method"`
	Target    string  `json:"target"`
	Status    int     `json:"status"`
	Code      string  `json:"code"`
	Seconds   float64 `json:"seconds"`
	Why       string  `json:"why"`
	Problem   string  `json:"problem"`
	Fault     string  `json:"fault"`
}

// Requests returns the requests of the account to the operation (all for ""), newest first.
func (m *Mock) Requests(operation string) []Request {
	m.t.Helper()
	query := url.Values{"account": {m.Account}}
	if operation != "" {
		query.Set("operation", operation)
	}
	var found struct {
		Requests []Request `json:"requests"`
	}
	m.call("GET", "/requests?"+query.Encode(), nil, &found)
	return found.Requests
}

func (m *Mock) refused() []Request {
	var found struct {
		Requests []Request `json:"requests"`
	}
	query := url.Values{"account": {m.Account}, "refused": {"true"}}
	if err := m.remote.call("GET", "/requests?"+query.Encode(), nil, &found); err != nil {
		m.t.Log(err)
	}
	return found.Requests
}

// FreezeClock stops the account's clock at a time.
func (m *Mock) FreezeClock(at time.Time) {
	m.t.Helper()
	m.clock(map[string]any{"now": at.UTC().Format(time.RFC3339Nano)})
}

// AdvanceClock moves the account's clock.
func (m *Mock) AdvanceClock(by time.Duration) {
	m.t.Helper()
	m.clock(map[string]any{"advance": by.Seconds()})
}

// ReleaseClock returns the account to real time.
func (m *Mock) ReleaseClock() {
	m.t.Helper()
	m.clock(map[string]any{})
}

func (m *Mock) clock(document map[string]any) {
	m.t.Helper()
	document["account"] = m.Account
	m.call("PUT", "/clock", document, nil)
}

// Specimen is a drawn document: the picture as PNG, and the fields that it shows.
type Specimen struct {
	Image  []byte            `json:"image"`
	Fields map[string]string `json:"fields"`
}

// Specimen returns a drawn document of the kind ("id_card_front", "vat_invoice" …). The same seed
// gives the same document. Nobody and nothing in it exists.
func (m *Mock) Specimen(kind string, seed int) Specimen {
	m.t.Helper()
	var found Specimen
	query := url.Values{"seed": {strconv.Itoa(seed)}}
	m.call("GET", "/specimens/"+url.PathEscape(kind)+"?"+query.Encode(), nil, &found)
	return found
}

func (m *Mock) call(method, path string, body, into any) {
	m.t.Helper()
	if err := m.remote.call(method, path, body, into); err != nil {
		m.t.Fatal(err)
	}
}
