#pragma once

#include "core/values/model_source.h"

#include <QString>

namespace headroom::ui {

/// What the stems that one listens to come from.
struct ListenSource {
    enum class Kind {
        None,
        Model,     ///< separated by the weights of `model`
        Reference, ///< the song's own stems
        Mixture,   ///< the untouched mixture, taken as every stem
    };
    Kind kind = Kind::None;
    ModelSource model = {};
    QString title = {};  ///< "Epoch 94"
    QString detail = {}; ///< "paper-8gib, best"
};

} // namespace headroom::ui
