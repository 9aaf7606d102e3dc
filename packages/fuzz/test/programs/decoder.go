// github.com/donovanhide/eventsource as a `cmd:` target: its decoder, chunk by chunk.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"os"

	"github.com/donovanhide/eventsource"
)

type event struct {
	Event string `json:"event"`
	Data  string `json:"data"`
	Id    string `json:"id"`
}

// One chunk a read, as a network connection gives them.
type chunks struct {
	rest []*bytes.Reader
}

func (c *chunks) Read(buffer []byte) (int, error) {
	for len(c.rest) > 0 {
		if n, err := c.rest[0].Read(buffer); err == nil {
			return n, nil
		}
		c.rest = c.rest[1:]
	}
	return 0, io.EOF
}

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for {
		var count, length uint32
		if binary.Read(in, binary.BigEndian, &count) != nil {
			return
		}
		stream := &chunks{}
		for ; count > 0; count-- {
			binary.Read(in, binary.BigEndian, &length)
			chunk := make([]byte, length)
			io.ReadFull(in, chunk)
			stream.rest = append(stream.rest, bytes.NewReader(chunk))
		}
		decoder := eventsource.NewDecoder(stream)
		for {
			decoded, err := decoder.Decode()
			if err != nil {
				break
			}
			lines.Encode(event{decoded.Event(), decoded.Data(), decoded.Id()})
		}
		out.WriteString("\n")
		out.Flush()
	}
}
