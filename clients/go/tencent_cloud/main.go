// tencentcloud-sdk-go: GeneralBasicOCR, an identity card and a table.
package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	sdkerrors "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	ocr "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/ocr/v20181119"

	"mockocr/clients/checks"
)

var address = strings.SplitN(checks.Value("TENCENT_CLOUD_URL"), "://", 2)

func client(secretID, secretKey string) *ocr.Client {
	scheme, endpoint := address[0], address[1]
	credential := common.NewCredential(secretID, secretKey)
	// docs: begin
	settings := profile.NewClientProfile()
	settings.HttpProfile.Scheme, settings.HttpProfile.Endpoint = scheme, endpoint
	made, err := ocr.NewClient(credential, "ap-guangzhou", settings)
	// docs: end
	if err != nil {
		panic(err)
	}
	return made
}

func ask(asked *ocr.Client, path string) ([]string, error) {
	request := ocr.NewGeneralBasicOCRRequest()
	request.ImageBase64 = common.StringPtr(checks.Encoded(path))
	answer, err := asked.GeneralBasicOCR(request)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, found := range answer.Response.TextDetections {
		lines = append(lines, *found.DetectedText)
	}
	return lines, nil
}

func documents(asked *ocr.Client, said string) {
	card := ocr.NewIDCardOCRRequest()
	card.ImageBase64 = common.StringPtr(checks.Encoded(checks.Sample("idcard.png")))
	card.CardSide = common.StringPtr("FRONT")
	found, err := asked.IDCardOCR(card)
	if err != nil {
		panic(err)
	}
	seen := *found.Response.Name + " " + *found.Response.IdNum
	checks.ReadWords("read by IDCardOCR", seen, "张伟", "440300199001120000")
	table := ocr.NewRecognizeTableOCRRequest()
	table.ImageBase64 = common.StringPtr(checks.Encoded(checks.Sample("table.png")))
	tables, err := asked.RecognizeTableOCR(table)
	if err != nil {
		panic(err)
	}
	var cells []string
	for _, one := range tables.Response.TableDetections {
		for _, cell := range one.Cells {
			cells = append(cells, *cell.Text)
		}
	}
	checks.ReadWords("read by RecognizeTableOCR", strings.Join(cells, " "), "66.00")
	card.ImageBase64 = common.StringPtr(checks.Encoded(checks.Picture))
	_, err = asked.IDCardOCR(card)
	checks.Refused("no card", named(err), said+"FailedOperation.ImageNoIdCard")
}

func named(err error) string {
	var refused *sdkerrors.TencentCloudSDKError
	if errors.As(err, &refused) {
		return fmt.Sprintf("%T %s", refused, refused.Code)
	}
	return fmt.Sprint(err)
}

func refusal(asked *ocr.Client, path string) string {
	lines, err := ask(asked, path)
	if err == nil {
		return fmt.Sprint(lines)
	}
	return named(err)
}

func main() {
	const said = "*errors.TencentCloudSDKError "
	id, key := checks.Value("TENCENT_CLOUD_SECRET_ID"), checks.Value("TENCENT_CLOUD_SECRET_KEY")
	good := client(id, key)
	checks.Read(ask(good, checks.Picture))
	documents(good, said)
	wrong := client(id, checks.Spoilt(key))
	seen := refusal(wrong, checks.Picture)
	checks.Refused("wrong secret", seen, said+"AuthFailure.SignatureFailure")
	seen = refusal(good, checks.NotAPicture)
	checks.Refused("bad picture", seen, said+"FailedOperation.ImageDecodeFailed")
	poor := client(
		checks.UsedUp("TENCENT_CLOUD_SECRET_ID"), checks.UsedUp("TENCENT_CLOUD_SECRET_KEY"),
	)
	seen = refusal(poor, checks.Picture)
	checks.Refused("used up", seen, said+"ResourceUnavailable.ResourcePackageRunOut")
	checks.End()
}
