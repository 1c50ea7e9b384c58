module collaudo.invalid/definitions

go 1.25.11

tool sigs.k8s.io/controller-tools/cmd/controller-gen

require (
	github.com/chaos-mesh/chaos-mesh/api v0.0.0-20260906172039-d70b66ad97ac
	sigs.k8s.io/controller-tools v0.18.0
)
