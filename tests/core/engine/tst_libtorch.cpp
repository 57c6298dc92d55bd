// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/compute_device.h"
#include "core/support/error.h"
#include "tests/support/strict_main.h"

#include <dlfcn.h>
#include <filesystem>
#include <link.h>
#include <string>
#include <vector>

using headroom::computeDevice;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> loadedLibraries() {
    std::vector<fs::path> paths;
    dl_iterate_phdr(
        [](dl_phdr_info* info, std::size_t, void* list) {
            static_cast<std::vector<fs::path>*>(list)->emplace_back(info->dlpi_name);
            return 0;
        },
        &paths);
    return paths;
}

fs::path loadedLibrary(const std::string& name) {
    for (const fs::path& path : loadedLibraries()) {
        if (path.filename() == name)
            return path;
    }
    return {};
}

} // namespace

/// LibTorch as linked and loaded in a program of Headroom.
class TestLibTorch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// libtorch_cuda.so registers its kernels when loaded, but Headroom does not reference any of its
    /// symbols.
    void loadsCudaLibrary() {
        const fs::path torch = loadedLibrary("libtorch.so");
        QVERIFY(!torch.empty());
        if (!fs::exists(torch.parent_path() / "libtorch_cuda.so"))
            QSKIP("this LibTorch has no CUDA");
        QVERIFY(!loadedLibrary("libtorch_cuda.so").empty());
    }

    /// libtorch.so exports std::filesystem functions of an older standard library, which crash with objects
    /// of this one.
    void usesFilesystemOfStandardLibrary() {
        using RemoveAll = std::uintmax_t (*)(const fs::path&, std::error_code&);
        Dl_info info{};
        QVERIFY(dladdr(reinterpret_cast<const void*>(static_cast<RemoveAll>(&fs::remove_all)), &info) != 0);
        const std::string owner = fs::path(info.dli_fname).filename().string();
        QVERIFY2(!owner.starts_with("libtorch"), owner.c_str());
    }

    void acceptsDeviceNames() {
        QVERIFY(computeDevice("cpu").device.is_cpu());
        QVERIFY(computeDevice("cpu").notice.empty());
        QCOMPARE(headroom::deviceName(computeDevice("cpu").device), std::string("cpu"));
        for (const char* name : {"gpu", "", "cuda:", "cuda:-1", "cuda:1x", "cuda:99999999999"})
            QVERIFY_THROWS_EXCEPTION(headroom::Error, computeDevice(name));
        const auto automatic = computeDevice("auto");
        if (automatic.device.is_cuda()) {
            QCOMPARE(computeDevice("cuda").device, automatic.device);
            QVERIFY(automatic.notice.empty());
        } else {
            QVERIFY(!automatic.notice.empty());
            QVERIFY_THROWS_EXCEPTION(headroom::Error, computeDevice("cuda"));
            QVERIFY_THROWS_EXCEPTION(headroom::Error, computeDevice("cuda:0"));
        }
    }

    void bfloat16IsFastFromComputeCapability8() {
        QVERIFY(!headroom::hasFastBfloat16(headroom::Card{.computeMajor = 7, .computeMinor = 5}));
        QVERIFY(headroom::hasFastBfloat16(headroom::Card{.computeMajor = 8, .computeMinor = 0}));
        QVERIFY(headroom::hasFastBfloat16(headroom::Card{.computeMajor = 12, .computeMinor = 0}));
    }
};

HEADROOM_TEST_MAIN(TestLibTorch)
#include "tst_libtorch.moc"
