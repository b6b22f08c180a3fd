// aws-sdk-go-v2: DetectDocumentText and AnalyzeDocument.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/textract"
	"github.com/aws/aws-sdk-go-v2/service/textract/types"
	"github.com/aws/smithy-go"

	"mockocr/clients/checks"
)

const operation = "aws.detect_document_text"

func client(keyID, secret string) *textract.Client {
	endpoint := checks.Value("AWS_TEXTRACT_URL")
	keys := func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: keyID, SecretAccessKey: secret}, nil
	}
	// docs: begin
	options := textract.Options{Region: "us-east-1", BaseEndpoint: aws.String(endpoint)}
	options.Credentials = aws.CredentialsProviderFunc(keys)
	return textract.New(options)
	// docs: end
}

func file(path string) *types.Document {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return &types.Document{Bytes: data}
}

func ask(asked *textract.Client, path string) ([]string, error) {
	input := &textract.DetectDocumentTextInput{Document: file(path)}
	answer, err := asked.DetectDocumentText(context.Background(), input)
	if err != nil {
		return nil, err
	}
	return texts(answer.Blocks, types.BlockTypeLine), nil
}

func texts(blocks []types.Block, kind types.BlockType) []string {
	var found []string
	for _, block := range blocks {
		if block.BlockType == kind {
			found = append(found, aws.ToString(block.Text))
		}
	}
	return found
}

func table(asked *textract.Client) ([]string, error) {
	input := &textract.AnalyzeDocumentInput{
		Document:     file(checks.Value("SAMPLES") + "/table.png"),
		FeatureTypes: []types.FeatureType{types.FeatureTypeTables},
	}
	answer, err := asked.AnalyzeDocument(context.Background(), input)
	if err != nil {
		return nil, err
	}
	cells := len(texts(answer.Blocks, types.BlockTypeCell))
	return []string{fmt.Sprintf("%d cells", cells)}, nil
}

func refusal(asked *textract.Client, path string) string {
	lines, err := ask(asked, path)
	var refused smithy.APIError
	if !errors.As(err, &refused) {
		return fmt.Sprint(lines, err)
	}
	attempts := 1
	var exhausted *retry.MaxAttemptsError
	if errors.As(err, &exhausted) {
		attempts = exhausted.Attempt
	}
	return fmt.Sprintf("%T %s after %d", refused, refused.ErrorCode(), attempts)
}

func main() {
	id, key := checks.Value("AWS_ACCESS_KEY_ID"), checks.Value("AWS_SECRET_ACCESS_KEY")
	good := client(id, key)
	checks.Read(ask(good, checks.Picture))
	lines, err := ask(good, checks.Document)
	checks.ReadBy("read a PDF", lines, err)
	cells, err := table(good)
	checks.Refused("read a table", fmt.Sprint(cells, err), "[9 cells] <nil>")
	checks.FailsOnceBy("ThrottlingException", operation)
	lines, err = ask(good, checks.Picture)
	checks.ReadBy("read after throttling", lines, err)
	checks.RetriedAfter("400", operation)
	seen := refusal(client(id, checks.Spoilt(key)), checks.Picture)
	said := "*smithy.GenericAPIError InvalidSignatureException after 1"
	checks.Refused("wrong secret", seen, said)
	seen = refusal(good, checks.NotAPicture)
	said = "*types.UnsupportedDocumentException UnsupportedDocumentException after 1"
	checks.Refused("bad picture", seen, said)
	poor := client(checks.UsedUp("AWS_ACCESS_KEY_ID"), checks.UsedUp("AWS_SECRET_ACCESS_KEY"))
	code := "ProvisionedThroughputExceededException"
	checks.Refused("used up", refusal(poor, checks.Picture), "*types."+code+" "+code+" after 3")
	checks.End()
}
