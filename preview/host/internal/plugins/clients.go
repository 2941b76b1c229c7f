package plugins

import (
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/hashicorp/go-plugin"
)

// Clients are the calls that a running plugin answers.
type Clients struct {
	Data        pluginv2.DataClient
	Diagnostics pluginv2.DiagnosticsClient
	Resource    pluginv2.ResourceClient
	Stream      pluginv2.StreamClient
}

// The parts of the plugin protocol that the host uses, under the names that Grafana gives them.
var protocol = map[int]plugin.PluginSet{
	grpcplugin.ProtocolVersion: {
		"data":        &grpcplugin.DataGRPCPlugin{},
		"diagnostics": &grpcplugin.DiagnosticsGRPCPlugin{},
		"resource":    &grpcplugin.ResourceGRPCPlugin{},
		"stream":      &grpcplugin.StreamGRPCPlugin{},
	},
}

func dispense[C any](protocol plugin.ClientProtocol, name string) (C, error) {
	var none C
	raw, err := protocol.Dispense(name)
	if err != nil {
		return none, fmt.Errorf("plugin client %s: %w", name, err)
	}
	client, ok := raw.(C)
	if !ok {
		return none, fmt.Errorf("plugin client %s is a %T", name, raw)
	}
	return client, nil
}

func newClients(rpc plugin.ClientProtocol) (*Clients, error) {
	data, err := dispense[pluginv2.DataClient](rpc, "data")
	if err != nil {
		return nil, err
	}
	diagnostics, err := dispense[pluginv2.DiagnosticsClient](rpc, "diagnostics")
	if err != nil {
		return nil, err
	}
	resource, err := dispense[pluginv2.ResourceClient](rpc, "resource")
	if err != nil {
		return nil, err
	}
	stream, err := dispense[pluginv2.StreamClient](rpc, "stream")
	if err != nil {
		return nil, err
	}
	return &Clients{Data: data, Diagnostics: diagnostics, Resource: resource, Stream: stream}, nil
}
