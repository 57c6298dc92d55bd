// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/model_source.h"

#include <QString>

namespace headroom::ui {

/// A source of stems in the comparison.
struct ListenSource {
    enum class Kind {
        None,
        Model,       ///< separated by `model`
        GroundTruth, ///< the true stems of the song
        Mixture,     ///< the mixture in place of every stem
    };
    Kind kind = Kind::None;
    ModelSource model = {};
    QString title = {};  ///< "Epoch 94"
    QString detail = {}; ///< "paper-8gib, best"
};

} // namespace headroom::ui
