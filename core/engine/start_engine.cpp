#include "core/engine/start_engine.h"

#include "core/monitor/counting_allocator.h"

namespace headroom {

void startEngine() {
    countCpuTensors();
}

} // namespace headroom
