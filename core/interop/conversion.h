// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"

#include <string>
#include <vector>

namespace headroom {

/// What became of a key of another program's configuration.
enum class KeyOutcome {
    Exact,         ///< taken over with the same meaning
    Near,          ///< taken over; the remark says what differs
    NoCounterpart, ///< Headroom has nothing like it
    NoEffect,      ///< does not change what Headroom computes; the remark says why
};

struct ConvertedKey {
    std::string key;   ///< "model.dim"
    int line = 0;      ///< in the file; 0: the key is absent, and the default of the other program was used
    std::string value; ///< as in the file, shortened
    KeyOutcome outcome = KeyOutcome::NoCounterpart;
    std::string options; ///< what it became: "model.hidden_dim: 384"; empty if nothing
    std::string remark;  ///< a sentence without a period; may be empty
};

/// The programs whose configurations are read.
enum class ForeignFormat {
    Msst,    ///< ZFTurbo's Music-Source-Separation-Training
    Authors, ///< the published code of BSMamba2's authors
};

/// A configuration of another program, converted.
struct Conversion {
    ForeignFormat format = ForeignFormat::Msst;
    std::string model; ///< "Mel-Band RoFormer"
    RunConfig config;
    std::vector<ConvertedKey> keys; ///< every key of the file in its order, then absent ones

    /// The number of keys with this outcome.
    int count(KeyOutcome outcome) const;
};

/// All keys with what became of them, one line each, grouped.
/// @param name of the file
std::string conversionReport(const Conversion& conversion, const std::string& name);

/// A sentence: what the file is, how many keys were taken over, and which have no counterpart.
std::string conversionNotice(const Conversion& conversion, const std::string& name);

} // namespace headroom
