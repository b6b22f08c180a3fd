package mockocr

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// The control API of a server.
type remote struct {
	base string
}

// Control requests go to the server itself, whatever proxy the tests use.
var client = &http.Client{
	Timeout:   60 * time.Second,
	Transport: &http.Transport{Proxy: nil},
}

func (r remote) call(method, path string, body, into any) error {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequest(method, r.base+"/_mockocr"+path, content)
	if err != nil {
		return err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if token := os.Getenv("MOCKOCR_CONTROL_TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("mockocr: %w", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("mockocr: %w", err)
	}
	if response.StatusCode >= 300 {
		var refusal struct {
			Error string `json:"error"`
		}
		if json.Unmarshal(answer, &refusal) != nil || refusal.Error == "" {
			refusal.Error = string(answer)
		}
		return fmt.Errorf("mockocr: %s %s: %d: %s", method, path, response.StatusCode, refusal.Error)
	}
	if into == nil || len(answer) == 0 {
		return nil
	}
	return json.Unmarshal(answer, into)
}
