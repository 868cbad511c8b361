// Command demo-db turns advisories.json into db.tar.gz, a Trivy vulnerability database of schema 2.
//
// Usage: demo-db ADVISORIES.json OUTPUT-DIRECTORY
package main

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

type source struct {
	DataSources     map[string]json.RawMessage                       `json:"dataSources"`
	Advisories      map[string]map[string]map[string]json.RawMessage `json:"advisories"`
	Vulnerabilities map[string]json.RawMessage                       `json:"vulnerabilities"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: demo-db ADVISORIES.json OUTPUT-DIRECTORY")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "demo-db:", err)
		os.Exit(1)
	}
}

func run(advisories, out string) error {
	data, err := os.ReadFile(advisories)
	if err != nil {
		return err
	}
	var s source
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("%s: %w", advisories, err)
	}
	dir, err := os.MkdirTemp("", "demo-db")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := writeDB(filepath.Join(dir, "trivy.db"), s); err != nil {
		return err
	}
	updated := time.Now().UTC().Truncate(time.Second)
	if err := writeMetadata(filepath.Join(dir, "metadata.json"), 2, updated); err != nil {
		return err
	}
	return pack(filepath.Join(out, "db.tar.gz"), dir, "trivy.db", "metadata.json")
}

func writeDB(path string, s source) error {
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Update(func(tx *bolt.Tx) error {
		for bucket, v := range s.DataSources {
			if err := put(tx, []string{"data-source"}, bucket, v); err != nil {
				return err
			}
		}
		for bucket, packages := range s.Advisories {
			for pkg, byID := range packages {
				for id, v := range byID {
					if err := put(tx, []string{bucket, pkg}, id, v); err != nil {
						return err
					}
				}
			}
		}
		for id, v := range s.Vulnerabilities {
			if err := put(tx, []string{"vulnerability"}, id, v); err != nil {
				return err
			}
		}
		return nil
	})
}

func put(tx *bolt.Tx, path []string, key string, value json.RawMessage) error {
	b, err := tx.CreateBucketIfNotExists([]byte(path[0]))
	if err != nil {
		return err
	}
	for _, name := range path[1:] {
		if b, err = b.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return b.Put([]byte(key), value)
}

// NextUpdate lies far ahead, so that Trivy never asks for a newer one.
func writeMetadata(path string, version int, updated time.Time) error {
	b, err := json.Marshal(map[string]any{
		"Version": version, "UpdatedAt": updated, "NextUpdate": updated.AddDate(50, 0, 0), "DownloadedAt": updated,
	})
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o600)
}

func pack(archive, dir string, names ...string) error {
	f, err := os.Create(archive)
	if err != nil {
		return err
	}
	defer f.Close()
	gz := gzip.NewWriter(f)
	tw := tar.NewWriter(gz)
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if err := tw.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(b))}); err != nil {
			return err
		}
		if _, err := tw.Write(b); err != nil {
			return err
		}
	}
	if err := tw.Close(); err != nil {
		return err
	}
	if err := gz.Close(); err != nil {
		return err
	}
	return f.Close()
}
