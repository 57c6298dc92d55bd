#pragma once

namespace headroom {

/// "0.1.0"
const char* version();

} // namespace headroom
