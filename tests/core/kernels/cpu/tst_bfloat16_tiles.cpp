// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernels/cpu/bfloat16_tiles.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <limits>
#include <random>

using namespace headroom;

class TestBfloat16Tiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Compares bits, including ties, overflow to infinity and denormals.
    void roundsLikeLibTorch() {
        std::mt19937 bits(3);
        std::vector<float> numbers{0.0F,
                                   -0.0F,
                                   std::numeric_limits<float>::infinity(),
                                   -std::numeric_limits<float>::infinity(),
                                   std::numeric_limits<float>::max(),
                                   std::numeric_limits<float>::denorm_min(),
                                   1.00390625F,  // halfway, down to even
                                   1.01171875F}; // halfway, up to even
        while (numbers.size() < 10007) {
            const auto drawn = __builtin_bit_cast(float, static_cast<std::uint32_t>(bits()));
            if (drawn == drawn)
                numbers.push_back(drawn);
        }
        const auto count = static_cast<std::int64_t>(numbers.size());
        const at::Tensor exact = at::from_blob(numbers.data(), {count}, at::kFloat);
        const at::Tensor expected = exact.to(at::kBFloat16);
        const at::Tensor rounded = at::empty({count}, at::kBFloat16);
        convert(exact.const_data_ptr<float>(), count, rounded.mutable_data_ptr<at::BFloat16>());
        QVERIFY(at::equal(rounded.view(at::kShort), expected.view(at::kShort)));

        at::Tensor widened = at::empty({count}, at::kFloat);
        convert(rounded.const_data_ptr<at::BFloat16>(), count, widened.mutable_data_ptr<float>());
        QVERIFY(at::equal(widened.view(at::kInt), expected.to(at::kFloat).view(at::kInt)));
    }

    void keepsNan() {
        for (const std::uint32_t bits : {0x7fc00000U, 0x7fffffffU, 0xffffffffU, 0x7f800001U}) {
            const auto number = __builtin_bit_cast(float, bits);
            at::BFloat16 rounded;
            convert(&number, 1, &rounded);
            QVERIFY(std::isnan(static_cast<float>(rounded)));
        }
    }
};

HEADROOM_TEST_MAIN(TestBfloat16Tiles)
#include "tst_bfloat16_tiles.moc"
