// cloud.google.com/go/vision: over gRPC, with a service account's key file.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	vision "cloud.google.com/go/vision/v2/apiv1"
	"cloud.google.com/go/vision/v2/apiv1/visionpb"
	"github.com/googleapis/gax-go/v2/apierror"
	"google.golang.org/api/option"

	"mockocr/clients/checks"
)

var endpoint = strings.TrimPrefix(checks.Value("GOOGLE_GRPC_URL"), "https://")

func client(keyFile string) *vision.ImageAnnotatorClient {
	if !strings.Contains(endpoint, ":") {
		endpoint += ":443"
	}
	// docs: begin
	key := option.WithAuthCredentialsFile(option.ServiceAccount, keyFile)
	made, err := vision.NewImageAnnotatorClient(
		context.Background(), option.WithEndpoint(endpoint), key)
	// docs: end
	if err != nil {
		panic(err)
	}
	return made
}

func content(path string) []byte {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return data
}

func ask(asked *vision.ImageAnnotatorClient, path string) ([]string, error) {
	entry := &visionpb.AnnotateImageRequest{
		Image:    &visionpb.Image{Content: content(path)},
		Features: []*visionpb.Feature{{Type: visionpb.Feature_TEXT_DETECTION}},
	}
	answer, err := asked.BatchAnnotateImages(context.Background(),
		&visionpb.BatchAnnotateImagesRequest{Requests: []*visionpb.AnnotateImageRequest{entry}})
	if err != nil {
		return nil, err
	}
	found := answer.Responses[0]
	if found.Error != nil {
		return nil, fmt.Errorf("error %d %s", found.Error.Code, found.Error.Message)
	}
	return []string{found.FullTextAnnotation.Text}, nil
}

func readDocument(asked *vision.ImageAnnotatorClient) ([]string, error) {
	entry := &visionpb.AnnotateFileRequest{
		InputConfig: &visionpb.InputConfig{
			Content: content(checks.Document), MimeType: "application/pdf"},
		Features: []*visionpb.Feature{{Type: visionpb.Feature_DOCUMENT_TEXT_DETECTION}},
	}
	answer, err := asked.BatchAnnotateFiles(context.Background(),
		&visionpb.BatchAnnotateFilesRequest{Requests: []*visionpb.AnnotateFileRequest{entry}})
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, page := range answer.Responses[0].Responses {
		lines = append(lines, page.FullTextAnnotation.Text)
	}
	return lines, nil
}

func refusal(asked *vision.ImageAnnotatorClient, path string) string {
	lines, err := ask(asked, path)
	var refused *apierror.APIError
	if errors.As(err, &refused) {
		return fmt.Sprintf("%s %s", refused.GRPCStatus().Code(), refused.Reason())
	}
	return strings.Join(append(lines, fmt.Sprint(err)), " ")
}

// spoilt is the key file with the id of a key that the service account does not have.
func spoilt(keyFile string) string {
	account := map[string]string{}
	if err := json.Unmarshal(content(keyFile), &account); err != nil {
		panic(err)
	}
	account["private_key_id"] = strings.Repeat("0", 40)
	data, _ := json.Marshal(account)
	path := keyFile + ".spoilt"
	if err := os.WriteFile(path, data, 0o600); err != nil {
		panic(err)
	}
	return path
}

func main() {
	keyFile := checks.Value("GOOGLE_KEY_FILE")
	good := client(keyFile)
	checks.Read(ask(good, checks.Picture))
	lines, err := readDocument(good)
	checks.ReadBy("read a document", lines, err)
	checks.FailsOnce("google.images_annotate")
	lines, err = ask(good, checks.Picture)
	checks.ReadBy("read in spite of a failure", lines, err)
	checks.Retried("google.images_annotate")
	seen := refusal(client(spoilt(keyFile)), checks.Picture)
	checks.Refused("wrong secret", seen, "Unauthenticated ACCESS_TOKEN_TYPE_UNSUPPORTED")
	seen = refusal(good, checks.NotAPicture)
	checks.Refused("bad picture", seen, "error 3 Bad image data.")
	seen = refusal(client(checks.UsedUp("GOOGLE_KEY_FILE")), checks.Picture)
	checks.Refused("used up", seen, "ResourceExhausted RATE_LIMIT_EXCEEDED")
	checks.End()
}
