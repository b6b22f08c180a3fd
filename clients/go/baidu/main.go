// bce-sdk-go: it has no OCR of its own, so its generic client sends and signs (bce-auth-v1) the calls.
package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"

	"github.com/baidubce/bce-sdk-go/bce"
	"github.com/baidubce/bce-sdk-go/http"

	"mockocr/clients/checks"
)

type answer struct {
	ErrorCode   int    `json:"error_code"`
	ErrorMsg    string `json:"error_msg"`
	WordsResult []struct {
		Words string `json:"words"`
	} `json:"words_result"`
}

func client(key, secret string) *bce.BceClient {
	address := checks.Value("BAIDU_URL")
	// docs: begin
	made, err := bce.NewBceClientWithAkSk(key, secret, address)
	// docs: end
	if err != nil {
		panic(err)
	}
	made.Config.ProxyUrl = os.Getenv("HTTPS_PROXY") // it does not look there itself
	return made
}

func ask(asked *bce.BceClient, operation, path string, more url.Values) (answer, error) {
	var found answer
	form := url.Values{"image": {checks.Encoded(path)}}
	for name, values := range more {
		form[name] = values
	}
	body, err := bce.NewBodyFromString(form.Encode())
	if err != nil {
		return found, err
	}
	request, response := &bce.BceRequest{}, &bce.BceResponse{}
	request.SetMethod(http.POST)
	request.SetUri("/rest/2.0/ocr/v1/" + operation)
	request.SetHeader(http.CONTENT_TYPE, "application/x-www-form-urlencoded")
	request.SetBody(body)
	if err := asked.SendRequest(request, response); err != nil {
		return found, err
	}
	return found, json.NewDecoder(response.Body()).Decode(&found)
}

func read(asked *bce.BceClient, operation string, more url.Values) ([]string, error) {
	found, err := ask(asked, operation, checks.Picture, more)
	var lines []string
	for _, line := range found.WordsResult {
		lines = append(lines, line.Words)
	}
	return lines, err
}

func refusal(asked *bce.BceClient, operation, path string, more url.Values) string {
	found, err := ask(asked, operation, path, more)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%d %s", found.ErrorCode, found.ErrorMsg)
}

func main() {
	key, secret := checks.Value("BAIDU_API_KEY"), checks.Value("BAIDU_SECRET_KEY")
	good := client(key, secret)
	checks.Read(read(good, "general_basic", nil))
	lines, err := read(good, "accurate", url.Values{"probability": {"true"}})
	checks.ReadBy("accurate", lines, err)
	wrong := refusal(client(key, checks.Spoilt(secret)), "general_basic", checks.Picture, nil)
	checks.Refused("wrong secret", wrong, "14 IAM Certification failed")
	bad := refusal(good, "general_basic", checks.NotAPicture, nil)
	checks.Refused("bad picture", bad, "216201 image format error")
	front := url.Values{"id_card_side": {"front"}}
	none := refusal(good, "idcard", checks.Picture, front)
	checks.Refused("no card", none, "216633 recognize idcard error")
	poor := client(checks.UsedUp("BAIDU_API_KEY"), checks.UsedUp("BAIDU_SECRET_KEY"))
	used := refusal(poor, "general_basic", checks.Picture, nil)
	checks.Refused("used up", used, "17 Open api daily request limit reached")
	checks.End()
}
