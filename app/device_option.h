#pragma once

namespace headroom::app {

/// Of --device, which the engine reads: see computeDevice().
inline constexpr const char* deviceOptionHelp =
    "auto, cpu, cuda, or a card by its number, as cuda:1; auto is a card where one can be used";

} // namespace headroom::app
