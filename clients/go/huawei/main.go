// huaweicloud-sdk-go-v3 with AK and SK, its endpoint and project given.
package main

import (
	"errors"
	"fmt"
	neturl "net/url"
	"os"
	"strconv"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/config"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	ocr "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/ocr/v1"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/ocr/v1/model"

	"mockocr/clients/checks"
)

var url = checks.Value("HUAWEI_URL")

func client(ak, sk, projectID string) *ocr.OcrClient {
	// docs: begin
	credentials := basic.NewCredentialsBuilder().WithAk(ak).WithSk(sk).WithProjectId(projectID)
	builder := ocr.OcrClientBuilder().WithCredential(credentials.Build()).WithEndpoint(url)
	return ocr.NewOcrClient(builder.WithHttpConfig(settings()).Build())
	// docs: end
}

// settings hold the proxy of the environment, which the SDK does not look at.
func settings() *config.HttpConfig {
	found := config.DefaultHttpConfig()
	address, err := neturl.Parse(os.Getenv("HTTPS_PROXY"))
	if err != nil || address.Host == "" {
		return found
	}
	port, err := strconv.Atoi(address.Port())
	if err != nil {
		panic(err)
	}
	proxy := config.NewProxy().WithSchema(address.Scheme).WithHost(address.Hostname())
	return found.WithProxy(proxy.WithPort(port))
}

func ask(asked *ocr.OcrClient, path string) ([]string, error) {
	image := checks.Encoded(path)
	body := &model.WebImageRequestBody{Image: &image}
	answer, err := asked.RecognizeWebImage(&model.RecognizeWebImageRequest{Body: body})
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, block := range answer.Result.WordsBlockList {
		lines = append(lines, *block.Words)
	}
	return lines, nil
}

func generalText(asked *ocr.OcrClient, path string) ([]string, error) {
	image := checks.Encoded(path)
	body := &model.GeneralTextRequestBody{Image: &image}
	answer, err := asked.RecognizeGeneralText(&model.RecognizeGeneralTextRequest{Body: body})
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, block := range answer.Result.WordsBlockList {
		lines = append(lines, block.Words)
	}
	return lines, nil
}

func identity(asked *ocr.OcrClient, path string) string {
	image, side := checks.Encoded(path), "front"
	body := &model.IdCardRequestBody{Image: &image, Side: &side}
	answer, err := asked.RecognizeIdCard(&model.RecognizeIdCardRequest{Body: body})
	var refused *sdkerr.ServiceResponseError
	if errors.As(err, &refused) {
		return fmt.Sprintf("%T %d %s", refused, refused.StatusCode, refused.ErrorCode)
	}
	if err != nil {
		return err.Error()
	}
	return *answer.Result.Name + " " + *answer.Result.Number
}

func refusal(asked *ocr.OcrClient, path string) string {
	lines, err := ask(asked, path)
	var refused *sdkerr.ServiceResponseError
	if errors.As(err, &refused) {
		return fmt.Sprintf("%T %d %s", refused, refused.StatusCode, refused.ErrorCode)
	}
	return fmt.Sprint(lines, err)
}

func main() {
	const said = "*sdkerr.ServiceResponseError "
	ak, sk := checks.Value("HUAWEI_AK"), checks.Value("HUAWEI_SK")
	project := checks.Value("HUAWEI_PROJECT_ID")
	good := client(ak, sk, project)
	checks.Read(ask(good, checks.Picture))
	lines, err := generalText(good, checks.Picture)
	checks.ReadBy("read general text", lines, err)
	seen := identity(good, checks.Sample("idcard.png"))
	checks.ReadWords("read an identity card", seen, "张伟", "440300199001120000")
	checks.Refused("no card", identity(good, checks.Picture), said+"400 AIS.0104")
	wrong := client(ak, checks.Spoilt(sk), project)
	checks.Refused("wrong secret", refusal(wrong, checks.Picture), said+"401 APIG.0301")
	checks.Refused("bad picture", refusal(good, checks.NotAPicture), said+"400 AIS.0102")
	poor := client(
		checks.UsedUp("HUAWEI_AK"), checks.UsedUp("HUAWEI_SK"), checks.UsedUp("HUAWEI_PROJECT_ID"),
	)
	checks.Refused("used up", refusal(poor, checks.Picture), said+"429 APIG.0308")
	checks.End()
}
