// Package definitions keeps the types of Chaos Mesh among what this module needs: its resource definitions are made from them.
package definitions

import _ "github.com/chaos-mesh/chaos-mesh/api/v1alpha1"
