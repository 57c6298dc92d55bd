// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/error.h"
#include "core/weights/finite_weights.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <limits>

using namespace headroom;

namespace {

/// The message and the place of the error; empty without one.
std::pair<std::string, std::string> refusal(const TensorMap& tensors) {
    try {
        requireFinite(tensors, "model.safetensors");
    } catch (const Error& error) {
        return {error.message(), error.where()};
    }
    return {};
}

} // namespace

class TestFiniteWeights : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acceptsFiniteNumbersOfAllTypes() {
        TensorMap tensors{{"count", at::full({2}, 3, at::kLong)}, {"empty", at::empty({0})}};
        for (const auto type : {at::kDouble, at::kFloat, at::kHalf, at::kBFloat16})
            tensors[at::toString(type)] = at::full({3, 2}, -6e4, type);
        QVERIFY(refusal(tensors).first.empty());
    }

    void namesTheTensorAndTheFile() {
        for (const auto type : {at::kDouble, at::kFloat, at::kHalf, at::kBFloat16}) {
            for (const double bad :
                 {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
                TensorMap tensors{{"a", at::ones({4}, type)}, {"b", at::ones({2, 3}, type)}};
                tensors["b"][1][2] = bad;
                const auto [message, where] = refusal(tensors);
                QVERIFY2(message.find("first in b. ") != std::string::npos, message.c_str());
                QCOMPARE(where, std::string("model.safetensors"));
            }
        }
    }
};

HEADROOM_TEST_MAIN(TestFiniteWeights)
#include "tst_finite_weights.moc"
