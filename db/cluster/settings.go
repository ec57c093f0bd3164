package cluster

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// settings are the server's options, the caller's last. The log must hold no
// personal data: no statements, no parameters, no error messages (those quote
// values), only what concerns the server itself.
func settings(socketDir string, wanted map[string]string) []string {
	all := map[string]string{
		"listen_addresses": "", "unix_socket_directories": socketDir,
		"port": "5432", "unix_socket_permissions": "0700", "password_encryption": "scram-sha-256",
		"max_connections": "200", "shared_buffers": sharedBuffers(),
		"jit":             "off", // its library is not fetched, and short queries lose by it
		"log_destination": "stderr", "logging_collector": "off",
		"log_min_messages": "log", "log_min_error_statement": "panic",
		"log_statement": "none", "log_min_duration_statement": "-1",
		"log_parameter_max_length": "0", "log_parameter_max_length_on_error": "0",
		"log_error_verbosity": "terse", "log_timezone": "UTC", "timezone": "UTC",
	}
	maps.Copy(all, wanted)
	var args []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		args = append(args, "-c", name+"="+all[name])
	}
	return args
}

// sharedBuffers is a quarter of the memory, between 128 MB and 8 GB; past that
// the kernel's cache does as well.
func sharedBuffers() string {
	quarter := memory() / 4 >> 20
	return fmt.Sprintf("%dMB", min(max(quarter, 128), 8192))
}

var memTotal = regexp.MustCompile(`(?m)^MemTotal:\s+(\d+) kB`)

// memory is this machine's, or this container's if that is less; 0 if unknown.
func memory() int {
	info, _ := os.ReadFile("/proc/meminfo")
	found := memTotal.FindSubmatch(info)
	if found == nil {
		return 0
	}
	kib, _ := strconv.Atoi(string(found[1]))
	limit, _ := os.ReadFile("/sys/fs/cgroup/memory.max")
	if bytes, err := strconv.Atoi(strings.TrimSpace(string(limit))); err == nil {
		return min(kib<<10, bytes)
	}
	return kib << 10
}
