package mockocr

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// A picture of one pixel: the answers are scripted, so nothing reads it.
const pixel = "data:image/gif;base64,R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs="

// What a client of OCR.space gets: the status, and the text or the error message.
func read(t *testing.T, mock *Mock) (int, string) {
	t.Helper()
	response, err := http.PostForm(mock.URL+"/ocr_space/parse/image", url.Values{
		"apikey": {mock.Credentials["ocr_space"]["apikey"]}, "base64Image": {pixel}})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ ParsedResults []struct{ ParsedText string } }
	if json.NewDecoder(response.Body).Decode(&answer) != nil || len(answer.ParsedResults) == 0 {
		return response.StatusCode, ""
	}
	return response.StatusCode, strings.TrimSpace(answer.ParsedResults[0].ParsedText)
}

func TestAnOperationReturnsScriptedLines(t *testing.T) {
	t.Parallel()
	mock := Start(t)
	mock.Answers("ocr_space.parse_image", []string{"发票号码 12345678"})
	if status, text := read(t, mock); status != 200 || text != "发票号码 12345678" {
		t.Fatal(status, text)
	}
	if row := mock.Requests("ocr_space.parse_image")[0]; row.Status != 200 || row.Account != mock.Account {
		t.Fatalf("%+v", row)
	}
}

func TestAFaultAppliesTheTimesThatWereAsked(t *testing.T) {
	t.Parallel()
	mock := Start(t)
	mock.Answers("*", []string{"a"}, Times(0))
	mock.Fail("ocr_space.*", "status=503", After(1), Times(1))
	var seen []int
	for range [3]int{} {
		status, _ := read(t, mock)
		seen = append(seen, status)
	}
	if seen[0] != 200 || seen[1] != 503 || seen[2] != 200 {
		t.Fatal(seen)
	}
}

func TestAUsedUpQuotaIsInTheJournalWithItsReason(t *testing.T) {
	t.Parallel()
	mock := Start(t)
	mock.Answers("*", []string{"a"}, Times(0))
	mock.Quota("*", Limits{Left: N(1)})
	read(t, mock)
	if status, text := read(t, mock); status == 200 && text != "" {
		t.Fatal(status, text)
	}
	row := mock.Requests("")[0]
	if row.Problem != "quota_exceeded" || !strings.Contains(row.Why, "has used up all 1 requests") {
		t.Fatalf("%+v", row)
	}
}

func TestAccountsAreStrangersToEachOther(t *testing.T) {
	t.Parallel()
	one, two := Start(t), Start(t)
	one.Fail("*", "status=500", Times(0))
	two.Answers("*", []string{"b"})
	if status, text := read(t, two); status != 200 || text != "b" {
		t.Fatal(status, text)
	}
	if len(one.Requests("")) != 0 {
		t.Fatal("a request of the other account is in the journal of this one")
	}
}

func TestTheClockIsTheAccountsOwn(t *testing.T) {
	t.Parallel()
	mock := Start(t)
	mock.FreezeClock(time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC))
	mock.Answers("*", []string{"a"})
	read(t, mock)
	if at := mock.Requests("")[0].At; !strings.HasPrefix(at, "2030-01-02T03:04:05") {
		t.Fatal(at)
	}
	mock.AdvanceClock(time.Hour)
	mock.ReleaseClock()
}

// A test that fails without ending this one.
type recorder struct {
	testing.TB
	fatal string
}

func (r *recorder) Helper() {}
func (r *recorder) Fatal(args ...any) {
	r.fatal = args[0].(error).Error()
}

func TestAWrongFaultEndsTheTestWithTheServersSentence(t *testing.T) {
	t.Parallel()
	mock := Start(t)
	told := &recorder{TB: t}
	mock.t = told
	mock.Fail("tencent.genral", "reset")
	if !strings.Contains(told.fatal, "did you mean") && !strings.Contains(told.fatal, "there is no operation") {
		t.Fatal(told.fatal)
	}
}

func TestAServerOfTheEnvironmentIsUsed(t *testing.T) {
	before, had := os.LookupEnv("MOCKOCR_URL")
	os.Setenv("MOCKOCR_URL", "localhost:9/")
	got, err := ServerURL()
	if had {
		os.Setenv("MOCKOCR_URL", before)
	} else {
		os.Unsetenv("MOCKOCR_URL")
	}
	if err != nil || got != "http://localhost:9" {
		t.Fatal(got, err)
	}
}
