#include "core/engine/start_engine.h"

#include "core/probe/counting_allocator.h"

namespace headroom {

void startEngine() {
    countCpuTensors();
}

} // namespace headroom
