// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

enum class ExportFormat {
    Safetensors,
    Pt,        ///< a state dict of PyTorch
    Lightning, ///< a checkpoint of PyTorch Lightning, as the published code of BSMamba2 reads it
    Msst,      ///< a folder with a state dict and the configuration for MSST
};

struct ExportRequest {
    std::string weights = {}; ///< weights file; empty: the best weights of `run`
    std::string run = {};     ///< run folder
    std::string config = {};  ///< YAML file; empty: see configOfWeights()
    ExportFormat format = ExportFormat::Safetensors;
    std::string output = {}; ///< file, or folder for Msst
    bool overwrite = false;
};

struct ExportReport {
    std::string weights;            ///< which weights: "the checkpoint of step 132, with the best validation"
    std::vector<std::string> files; ///< written
    std::int64_t tensors = 0;
    std::int64_t parameters = 0;          ///< numbers in them
    std::vector<std::string> notices;     ///< sentences
    std::vector<std::string> unsupported; ///< options that MSST's configuration cannot express, see MsstText
};

} // namespace headroom
