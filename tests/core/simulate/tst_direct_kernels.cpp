// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/simulated_device.h"
#include "tests/support/strict_main.h"

#include <ATen/ATen.h>

#include <functional>

using namespace headroom;

namespace {

using Run = std::function<at::Tensor(const at::Tensor&)>;

struct Case {
    const char* name;
    Run run; ///< of a [4, 1, 6] float32
};

const std::vector<Case> cases = {
    {"slice", [](const at::Tensor& x) { return x.slice(2, 1, 5); }},
    {"slice with step", [](const at::Tensor& x) { return x.slice(-1, 1, 6, 2); }},
    {"slice from the end", [](const at::Tensor& x) { return x.slice(0, -3, -1); }},
    {"slice beyond the end", [](const at::Tensor& x) { return x.slice(0, 2, 99); }},
    {"empty slice", [](const at::Tensor& x) { return x.slice(0, 3, 1); }},
    {"slice of all", [](const at::Tensor& x) { return x.slice(0); }},
    {"select", [](const at::Tensor& x) { return x.select(0, 2); }},
    {"select from the end", [](const at::Tensor& x) { return x.select(-1, -2); }},
    {"transpose", [](const at::Tensor& x) { return x.transpose(0, -1); }},
    {"transpose of itself", [](const at::Tensor& x) { return x.transpose(1, 1); }},
    {"unsqueeze", [](const at::Tensor& x) { return x.unsqueeze(1); }},
    {"unsqueeze at the end", [](const at::Tensor& x) { return x.unsqueeze(-1); }},
    {"squeeze", [](const at::Tensor& x) { return x.squeeze(1); }},
    {"squeeze of size 4", [](const at::Tensor& x) { return x.squeeze(0); }},
    {"permute",
     [](const at::Tensor& x) {
         return x.permute({2, -3, 1});
     }},
    {"expand",
     [](const at::Tensor& x) {
         return x.expand({2, -1, 3, -1});
     }},
    {"zeros",
     [](const at::Tensor& x) {
         return at::zeros({2, 3}, x.options().dtype(at::kDouble));
     }},
    {"ones",
     [](const at::Tensor& x) {
         return at::ones({2, 3}, x.options().dtype(at::kBool));
     }},
    {"empty_like", [](const at::Tensor& x) { return at::empty_like(x); }},
    {"zeros_like of another type",
     [](const at::Tensor& x) { return at::zeros_like(x, x.options().dtype(at::kBFloat16)); }},
    {"zeros_like of a part", [](const at::Tensor& x) { return at::zeros_like(x.slice(2, 1, 3)); }},
    {"new_empty_strided",
     [](const at::Tensor& x) {
         return x.new_empty_strided({2, 3}, {1, 2});
     }},
    {"clone", [](const at::Tensor& x) { return x.clone(); }},
    {"clone of a part", [](const at::Tensor& x) { return x.slice(2, 1, 3).clone(); }},
    {"contiguous", [](const at::Tensor& x) { return x.transpose(0, 2).contiguous(); }},
    {"to", [](const at::Tensor& x) { return x.to(at::kBFloat16); }},
    {"to of a part", [](const at::Tensor& x) { return x.select(2, 0).to(at::kDouble); }},
    {"stack",
     [](const at::Tensor& x) {
         return at::stack({x.squeeze(1), x.squeeze(1)}, -1);
     }},
    {"stack of many dimensions",
     [](const at::Tensor& x) {
         return at::stack({x, x}, 1);
     }},
    {"stack of two types",
     [](const at::Tensor& x) {
         return at::stack({x, x.to(at::kDouble)});
     }},
    {"mul", [](const at::Tensor& x) { return x * x; }},
    {"mul, broadcast",
     [](const at::Tensor& x) {
         return x * at::ones({5, 1}, x.options());
     }},
    {"mul by a scalar tensor", [](const at::Tensor& x) { return x * at::ones({}, x.options()); }},
    {"mul of two types", [](const at::Tensor& x) { return x * x.to(at::kDouble); }},
    {"mul across",
     [](const at::Tensor& x) {
         return x.transpose(0, 2) * at::ones({6, 1, 4}, x.options());
     }},
    {"sub", [](const at::Tensor& x) { return x - x.slice(0, 0, 1); }},
    {"mul_", [](const at::Tensor& x) { return at::Tensor(x).mul_(x.slice(0, 0, 1).clone()); }},
    {"copy_", [](const at::Tensor& x) { return at::Tensor(x).copy_(at::ones({6}, x.options())); }},
    {"mul_ by a scalar", [](const at::Tensor& x) { return at::Tensor(x).mul_(2); }},
    {"add_ of a scalar", [](const at::Tensor& x) { return at::Tensor(x).add_(2, 3); }},
    {"add_", [](const at::Tensor& x) { return at::Tensor(x).add_(x, 2); }},
    {"lerp_", [](const at::Tensor& x) { return at::Tensor(x).lerp_(x, x); }},
    {"addcmul_", [](const at::Tensor& x) { return at::Tensor(x).addcmul_(x, x); }},
};

/// The input of the cases in one of three layouts: contiguous, transposed, sliced.
at::Tensor input(std::size_t layout, at::Device device) {
    const auto options = at::TensorOptions().device(device).dtype(at::kFloat);
    if (layout == 0)
        return at::zeros({4, 1, 6}, options);
    if (layout == 1)
        return at::zeros({6, 1, 4}, options).transpose(0, 2);
    return at::zeros({5, 2, 9}, options).slice(0, 1).slice(1, 1).slice(2, 2, 8);
}

} // namespace

/// Compares the shapes and layouts of our Meta kernels with LibTorch's CPU kernels.
class TestDirectKernels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void matchCpuKernels_data() {
        QTest::addColumn<std::size_t>("index");
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << i;
    }

    void matchCpuKernels() {
        QFETCH(std::size_t, index);
        prepareSimulatedDevices();
        for (const std::size_t layout : {0, 1, 2}) {
            const at::Tensor real = cases[index].run(input(layout, at::kCPU));
            const at::Tensor simulated = cases[index].run(input(layout, at::kMeta));
            QVERIFY(simulated.is_meta());
            QCOMPARE(simulated.sizes().vec(), real.sizes().vec());
            QCOMPARE(simulated.strides().vec(), real.strides().vec());
            QCOMPARE(simulated.storage_offset(), real.storage_offset());
            QCOMPARE(simulated.storage().nbytes(), real.storage().nbytes());
            QVERIFY(simulated.scalar_type() == real.scalar_type());
        }
    }
};

HEADROOM_TEST_MAIN(TestDirectKernels)
#include "tst_direct_kernels.moc"
