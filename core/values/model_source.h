#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace headroom {

/// Which weights to separate with, where, and how. What is absent is as in the weights' configuration.
struct ModelSource {
    std::string weights;              ///< safetensors file; empty: the best weights of `run`
    std::string run;                  ///< run folder; EMA weights where the run keeps them
    std::optional<std::int64_t> step; ///< take this checkpoint of `run` and no other
    std::string config; ///< YAML file, for weights that come without their configuration; empty: none
    std::string device = "auto";        ///< "auto", "cpu", "cuda", "cuda:1"
    std::optional<double> overlap;      ///< share of a chunk that the next one covers again, 0 ... 0.9
    std::optional<double> chunkSeconds; ///< seconds that the model is given at once
};

} // namespace headroom
