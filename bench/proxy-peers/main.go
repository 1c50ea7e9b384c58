// Both ends of a measured connection: `proxy-peers serve` answers GET /N with N bytes; `proxy-peers load ADDRESS CONNECTIONS BYTES
// PAUSE_MS DURATION_MS` asks for BYTES over and over on kept connections, each with a pause between an answer and the next
// request (evenly drawn up to twice that, so that connections do not march in step), and prints what it saw as one line of JSON.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"
)

const bufferBytes = 256 * 1024

type figures struct {
	Answers       int     `json:"answers"`
	MegabytesPerS float64 `json:"megabytesPerS"`
	MedianUs      float64 `json:"medianUs"`
	P99Us         float64 `json:"p99Us"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "serve" {
		serve()
		return
	}
	if len(os.Args) == 7 && os.Args[1] == "load" {
		must(json.NewEncoder(os.Stdout).Encode(load(os.Args[2], number(3), number(4), number(5), number(6))))
		return
	}
	fmt.Fprintln(os.Stderr, "usage: proxy-peers serve | load ADDRESS CONNECTIONS BYTES PAUSE_MS DURATION_MS")
	os.Exit(2)
}

// serve prints its port and ends with its standard input.
func serve() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	for {
		connection, err := listener.Accept()
		must(err)
		go answer(connection)
	}
}

func answer(connection net.Conn) {
	defer connection.Close()
	reader := bufio.NewReader(connection)
	body := make([]byte, bufferBytes)
	for {
		size := -1
		for {
			line, err := reader.ReadSlice('\n')
			if err != nil {
				return
			}
			if len(line) <= 2 {
				break
			}
			if size < 0 {
				size, _ = strconv.Atoi(string(bytes.Fields(line)[1][1:]))
			}
		}
		head := fmt.Appendf(nil, "HTTP/1.1 200 OK\r\ncontent-type: application/fhir+json\r\ncontent-length: %d\r\n\r\n", size)
		first := min(size, len(body))
		if _, err := connection.Write(append(head, body[:first]...)); err != nil {
			return
		}
		for left := size - first; left > 0; left -= len(body) {
			if _, err := connection.Write(body[:min(left, len(body))]); err != nil {
				return
			}
		}
	}
}

func load(address string, connections, size, pauseMs, durationMs int) figures {
	started := time.Now()
	end := started.Add(time.Duration(durationMs) * time.Millisecond)
	pause := time.Duration(pauseMs) * time.Millisecond
	timings := make([][]time.Duration, connections)
	var group sync.WaitGroup
	for index := range connections {
		group.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(index)))
			timings[index] = ask(address, size, end, func() { rest(pause, random) })
		})
	}
	group.Wait()
	elapsed := time.Since(started).Seconds()
	all := slices.Concat(timings...)
	slices.Sort(all)
	quantile := func(q float64) float64 {
		return float64(all[int(q*float64(len(all)-1))].Nanoseconds()) / 1000
	}
	megabytes := float64(len(all)) * float64(size) / 1e6
	return figures{len(all), megabytes / elapsed, quantile(0.5), quantile(0.99)}
}

func ask(address string, size int, end time.Time, rest func()) []time.Duration {
	connection, err := net.Dial("tcp", address)
	must(err)
	defer connection.Close()
	request := fmt.Appendf(nil, "GET /%d HTTP/1.1\r\nhost: %s\r\naccept: application/fhir+json\r\n\r\n", size, address)
	buffer := make([]byte, bufferBytes)
	timings := make([]time.Duration, 0, 1<<20)
	for {
		sent := time.Now()
		if sent.After(end) && len(timings) > 0 {
			return timings
		}
		_, err := connection.Write(request)
		must(err)
		read(connection, buffer, size)
		timings = append(timings, time.Since(sent))
		rest()
	}
}

func rest(pause time.Duration, random *rand.Rand) {
	if pause > 0 {
		time.Sleep(time.Duration(random.Int64N(2 * int64(pause))))
	}
}

func read(connection net.Conn, buffer []byte, size int) {
	filled, headEnd := 0, -1
	for headEnd < 0 {
		count, err := connection.Read(buffer[filled:])
		must(err)
		filled += count
		headEnd = bytes.Index(buffer[:filled], []byte("\r\n\r\n"))
	}
	for left := size - (filled - headEnd - 4); left > 0; {
		count, err := connection.Read(buffer)
		must(err)
		left -= count
	}
}

func number(argument int) int {
	value, err := strconv.Atoi(os.Args[argument])
	must(err)
	return value
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
