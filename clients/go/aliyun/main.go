// ocr-api-20210707/v3: RecognizeGeneral and others, signed with ACS3-HMAC-SHA256.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	ocr "github.com/alibabacloud-go/ocr-api-20210707/v3/client"
	"github.com/alibabacloud-go/tea/tea"

	"mockocr/clients/checks"
)

var address = strings.SplitN(checks.Value("ALIYUN_URL"), "://", 2)

func client(accessKeyID, accessKeySecret string) *ocr.Client {
	protocol, endpoint := address[0], address[1]
	config := &openapi.Config{
		AccessKeyId:     tea.String(accessKeyID),
		AccessKeySecret: tea.String(accessKeySecret),
	}
	// docs: begin
	config.Protocol, config.Endpoint = tea.String(protocol), tea.String(endpoint)
	made, err := ocr.NewClient(config)
	// docs: end
	if err != nil {
		panic(err)
	}
	return made
}

func open(path string) *os.File {
	file, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	return file
}

func ask(asked *ocr.Client, path string) ([]string, error) {
	file := open(path)
	defer file.Close()
	answer, err := asked.RecognizeGeneral(&ocr.RecognizeGeneralRequest{Body: file})
	if err != nil {
		return nil, err
	}
	var data struct {
		Words []struct {
			Word string `json:"word"`
		} `json:"prism_wordsInfo"`
	}
	err = json.Unmarshal([]byte(*answer.Body.Data), &data)
	var lines []string
	for _, found := range data.Words {
		lines = append(lines, found.Word)
	}
	return lines, err
}

func allText(asked *ocr.Client, path string) ([]string, error) {
	file := open(path)
	defer file.Close()
	answer, err := asked.RecognizeAllText(
		&ocr.RecognizeAllTextRequest{Body: file, Type: tea.String("General")},
	)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, found := range answer.Body.Data.SubImages[0].BlockInfo.BlockDetails {
		lines = append(lines, *found.BlockContent)
	}
	return lines, nil
}

func said(err error, answer any) string {
	var refused *tea.SDKError
	if errors.As(err, &refused) {
		return fmt.Sprintf("%T %d %s", refused, *refused.StatusCode, *refused.Code)
	}
	return fmt.Sprint(answer, err)
}

func refusal(asked *ocr.Client, path string) string {
	lines, err := ask(asked, path)
	return said(err, lines)
}

func noCard(asked *ocr.Client, path string) string {
	file := open(path)
	defer file.Close()
	answer, err := asked.RecognizeIdcard(&ocr.RecognizeIdcardRequest{Body: file})
	return said(err, answer)
}

func main() {
	const sdk = "*tea.SDKError "
	id := checks.Value("ALIYUN_ACCESS_KEY_ID")
	secret := checks.Value("ALIYUN_ACCESS_KEY_SECRET")
	good := client(id, secret)
	checks.Read(ask(good, checks.Picture))
	lines, err := allText(good, checks.Picture)
	checks.ReadBy("all text", lines, err)
	wrong := refusal(client(id, checks.Spoilt(secret)), checks.Picture)
	checks.Refused("wrong secret", wrong, sdk+"400 SignatureDoesNotMatch")
	checks.Refused("bad picture", refusal(good, checks.NotAPicture), sdk+"415 unsupportedImageFormat")
	checks.Refused("no card", noCard(good, checks.Picture), sdk+"400 unmatchedImageType")
	poor := client(
		checks.UsedUp("ALIYUN_ACCESS_KEY_ID"), checks.UsedUp("ALIYUN_ACCESS_KEY_SECRET"),
	)
	checks.Refused("used up", refusal(poor, checks.Picture), sdk+"400 Throttling.User")
	checks.End()
}
