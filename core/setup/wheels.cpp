// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/setup/wheels.h"

#include <algorithm>
#include <array>

namespace headroom {
namespace {

// The wheels that `pip install torch==2.11.0` installs on Linux for x86-64, without those of Python alone.
// The libraries of torch are the same for all versions of Python.
const std::vector<Wheel> cpuWheels = {
    {"torch", "torch-2.11.0-cp311-cp311-manylinux_2_28_x86_64.whl",
     "7aa2f9bbc6d4595ba72138026b2074be1233186150e9292865e04b7a63b8c67a", 530604548, 453000000},
    {"nvidia-cuda-cupti", "nvidia_cuda_cupti-13.0.85-py3-none-manylinux_2_25_x86_64.whl",
     "4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8", 10715597, 44000000},
    {"nvidia-cuda-runtime",
     "nvidia_cuda_runtime-13.0.96-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
     "7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548", 2243632, 1000000},
};

const std::vector<Wheel> cardWheels = {
    {"nvidia-cublas", "nvidia_cublas-13.1.0.3-py3-none-manylinux_2_27_x86_64.whl",
     "ee8722c1f0145ab246bccb9e452153b5e0515fd094c3678df50b2a0888b8b171", 423133236, 597000000},
    {"nvidia-cuda-nvrtc", "nvidia_cuda_nvrtc-13.0.88-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
     "ad9b6d2ead2435f11cbb6868809d2adeeee302e9bb94bcf0539c7a40d80e8575", 90215200, 228000000},
    {"nvidia-cudnn-cu13", "nvidia_cudnn_cu13-9.19.0.56-py3-none-manylinux_2_27_x86_64.whl",
     "d20e1734305e9d68889a96e3f35094d733ff1f83932ebe462753973e53a572bf", 366066321, 494000000},
    {"nvidia-cufft", "nvidia_cufft-12.0.0.61-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
     "6c44f692dce8fd5ffd3e3df134b6cdb9c2f72d99cf40b62c32dde45eea9ddad3", 214085489, 288000000},
    {"nvidia-cufile", "nvidia_cufile-1.15.1.6-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
     "08a3ecefae5a01c7f5117351c64f17c7c62efa5fffdbe24fc7d298da19cd0b44", 1223672, 4000000},
    {"nvidia-curand", "nvidia_curand-10.4.0.35-py3-none-manylinux_2_27_x86_64.whl",
     "1aee33a5da6e1db083fe2b90082def8915f30f3248d5896bcec36a579d941bfc", 59544258, 133000000},
    {"nvidia-cusolver", "nvidia_cusolver-12.0.4.66-py3-none-manylinux_2_27_x86_64.whl",
     "0a759da5dea5c0ea10fd307de75cdeb59e7ea4fcb8add0924859b944babf1112", 200941980, 246000000},
    {"nvidia-cusparse", "nvidia_cusparse-12.6.3.3-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
     "2b3c89c88d01ee0e477cb7f82ef60a11a4bcd57b6b87c33f789350b59759360b", 145942937, 163000000},
    {"nvidia-cusparselt-cu13", "nvidia_cusparselt_cu13-0.8.0-py3-none-manylinux2014_x86_64.whl",
     "25e30a8a7323935d4ad0340b95a0b69926eee755767e8e0b1cf8dd85b197d3fd", 169884119, 234000000},
    {"nvidia-nccl-cu13", "nvidia_nccl_cu13-2.28.9-py3-none-manylinux_2_18_x86_64.whl",
     "e4553a30f34195f3fa1da02a6da3d6337d28f2003943aa0a3d247bbc25fefc42", 196493177, 218000000},
    {"nvidia-nvjitlink", "nvidia_nvjitlink-13.0.88-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
     "13a74f429e23b921c1109976abefacc69835f2f433ebd323d3946e11d804e47b", 40713933, 99000000},
    {"nvidia-nvshmem-cu13",
     "nvidia_nvshmem_cu13-3.4.5-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
     "290f0a2ee94c9f3687a02502f3b9299a9f9fe826e6d0287ee18482e78d495b80", 60412546, 46000000},
};

constexpr std::int64_t torchCardLibraries = 515000000; ///< bytes of libtorch_cuda.so and others of its kind

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool isLibrary(std::string_view entry) {
    const std::size_t name = entry.rfind('/');
    return name != std::string_view::npos && entry.substr(0, name).ends_with("/lib") &&
           contains(entry.substr(name), ".so");
}

bool startsWithAny(std::string_view text, const auto& starts) {
    return std::ranges::any_of(starts, [&](std::string_view start) { return text.starts_with(start); });
}

} // namespace

std::vector<Wheel> libTorchWheels(bool cuda) {
    std::vector<Wheel> wheels = cpuWheels;
    if (cuda) {
        wheels.front().unpacked += torchCardLibraries;
        wheels.insert(wheels.end(), cardWheels.begin(), cardWheels.end());
    }
    return wheels;
}

bool isUnpacked(std::string_view entry, bool cuda) {
    // libtorch.so is an empty library that needs all others.
    constexpr std::array<std::string_view, 3> unused = {"torch/lib/libtorch.so", "torch/lib/libtorch_python",
                                                        "torch/lib/libshm"};
    constexpr std::array<std::string_view, 4> forCards = {"torch/lib/libtorch_cuda", "torch/lib/libc10_cuda",
                                                          "torch/lib/libtorch_nvshmem",
                                                          "torch/lib/libcaffe2_nvrtc"};
    if (entry.ends_with('/')) // a folder
        return false;
    if (isLibrary(entry))
        return !startsWithAny(entry, unused) && (cuda || !startsWithAny(entry, forCards));
    return entry == "torch/include/torch/headeronly/version.h" ||
           (contains(entry, ".dist-info/") && (contains(entry, "LICENSE") || contains(entry, "/licenses/")));
}

} // namespace headroom
