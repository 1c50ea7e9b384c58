module collaudo/bench/proxy-peer

go 1.25
