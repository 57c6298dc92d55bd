// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Times products of matrices on one thread: of bfloat16 by our tiles and by LibTorch's brgemm (oneDNN), of
// float32 by brgemm in blocks of columns and by BLAS. All begin with float32 matrices, which they pack first,
// unless they are named packed. A rate is null where the CPU cannot do it.

#include "core/kernels/cpu/bfloat16_tiles.h"
#include "core/kernels/cpu/packed_matrix.h"
#include "core/kernels/cpu/product.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/native/CPUBlas.h>
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>

namespace {

using namespace headroom;
namespace cpublas = at::native::cpublas;

struct Shape {
    std::int64_t m;
    std::int64_t n;
    std::int64_t k;
};

/// The fastest of several rounds of about a millisecond each, in 10^9 operations per second.
std::string rate(const Shape& shape, int rounds, const std::function<void()>& product) {
    const double operations = 2.0 * static_cast<double>(shape.m * shape.n * shape.k);
    const int calls = std::max(1, static_cast<int>(2e8 / operations));
    double best = 0;
    for (int round = 0; round <= rounds; ++round) { // the first one warms up
        const auto begin = std::chrono::steady_clock::now();
        for (int call = 0; call < calls; ++call)
            product();
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
        if (round > 0)
            best = std::max(best, calls * operations / passed.count() / 1e9);
    }
    return fmt::format("{:.0f}", best);
}

/// brgemm takes a bfloat16 matrix and another one in blocks of 64 columns whose rows are paired.
class Brgemm {
public:
    explicit Brgemm(const Shape& shape)
        : shape_(shape), left_(at::empty({shape.m, shape.k}, at::kBFloat16)),
          right_(at::empty({shape.k, shape.n}, at::kBFloat16)),
          blocks_(at::zeros({shape.n / width, shape.k, width}, at::kBFloat16)) {}

    void pack(const at::Tensor& a, const at::Tensor& b) {
        convert(a.const_data_ptr<float>(), a.numel(), left_.mutable_data_ptr<at::BFloat16>());
        convert(b.const_data_ptr<float>(), b.numel(), right_.mutable_data_ptr<at::BFloat16>());
        for (std::int64_t n = 0; n < shape_.n; n += width)
            cpublas::pack(shape_.k, width, shape_.n, width, at::kBFloat16, at::kBFloat16,
                          right_.const_data_ptr<at::BFloat16>() + n,
                          blocks_.mutable_data_ptr<at::BFloat16>() + n * shape_.k);
    }
    void multiply(float* c) const {
        for (std::int64_t n = 0; n < shape_.n; n += width)
            cpublas::brgemm(shape_.m, width, shape_.k, shape_.k, width, shape_.n, false,
                            left_.const_data_ptr<at::BFloat16>(),
                            blocks_.const_data_ptr<at::BFloat16>() + n * shape_.k, c + n);
    }

    static constexpr std::int64_t width = 64;

private:
    Shape shape_;
    at::Tensor left_;
    at::Tensor right_;
    at::Tensor blocks_;
};

void measure(const Shape& shape, int rounds) {
    const at::Tensor a = at::randn({shape.m, shape.k});
    const at::Tensor b = at::randn({shape.k, shape.n});
    at::Tensor c = at::empty({shape.m, shape.n});
    const at::Tensor exact = at::matmul(a, b);
    float* sums = c.mutable_data_ptr<float>();
    const Matrix<float> left{a.const_data_ptr<float>(), shape.k};
    const Matrix<float> right{b.const_data_ptr<float>(), shape.n};
    const auto check = [&](const char* what) {
        const double error = (c - exact).abs().max().item<double>();
        if (error > 0.05 * exact.abs().max().item<double>())
            throw std::runtime_error(fmt::format("{} computes something else, by {}", what, error));
    };

    std::string tiles = "null";
    std::string tilesPacked = "null";
    if (hasBfloat16Tiles()) {
        PackedTiles packedLeft(Side::Left);
        PackedTiles packedRight(Side::Right);
        const auto pack = [&] {
            packedLeft.pack(left, shape.m, shape.k);
            packedRight.pack(right, shape.n, shape.k);
        };
        const auto product = [&] { multiply(packedLeft, packedRight, sums, shape.n, false); };
        tiles = rate(shape, rounds, [&] { pack(), product(); });
        tilesPacked = rate(shape, rounds, product);
        check("tiles");
    }
    std::string brgemm = "null";
    std::string brgemmPacked = "null";
    if (cpublas::could_pack(at::kBFloat16)) {
        Brgemm packed(shape);
        const auto product = [&] { packed.multiply(sums); };
        brgemm = rate(shape, rounds, [&] { packed.pack(a, b), product(); });
        brgemmPacked = rate(shape, rounds, product);
        cpublas::brgemm_release();
        check("brgemm");
    }
    PackedMatrix<float> blockLeft(Side::Left, ProductForm::Blocks);
    PackedMatrix<float> blockRight(Side::Right, ProductForm::Blocks);
    blockLeft.pack(left, shape.m, shape.k);
    const auto packBlocks = [&] { blockRight.pack(right, shape.n, shape.k); };
    const auto blockProduct = [&] { multiply(blockLeft, blockRight, sums, shape.n, false); };
    const std::string blocks = rate(shape, rounds, [&] { packBlocks(), blockProduct(); });
    const std::string blocksPacked = rate(shape, rounds, blockProduct);
    check("blocks");
    Product<float> blas(ProductForm::Blas);
    const std::string sgemm =
        rate(shape, rounds, [&] { blas(left, right, sums, shape.n, shape.m, shape.n, shape.k, false); });
    fmt::print("{{\"m\": {}, \"n\": {}, \"k\": {}, \"tiles_gflops\": {}, \"tiles_packed_gflops\": {}, "
               "\"brgemm_gflops\": {}, \"brgemm_packed_gflops\": {}, \"blocks_gflops\": {}, "
               "\"blocks_packed_gflops\": {}, \"sgemm_gflops\": {}}}\n",
               shape.m, shape.n, shape.k, tiles, tilesPacked, brgemm, brgemmPacked, blocks, blocksPacked,
               sgemm);
}

} // namespace

int main(int argc, char** argv) {
    Shape shape{0, 0, 0};
    int rounds = 20;
    CLI::App program{
        "Times products: our tiles and LibTorch's brgemm in bfloat16, its brgemm and BLAS in float32."};
    program.add_option("-m", shape.m, "rows; 0: several sizes of a mixer")->capture_default_str();
    program.add_option("-n", shape.n, "columns, a multiple of 64");
    program.add_option("-k", shape.k, "length of the sums, even");
    program.add_option("--rounds", rounds, "of about a millisecond, after one warm-up")
        ->capture_default_str();
    CLI11_PARSE(program, argc, argv);

    at::set_num_threads(1);
    if (shape.m > 0) {
        if (shape.n <= 0 || shape.n % Brgemm::width != 0 || shape.k <= 0 || shape.k % 2 != 0) {
            fmt::print(stderr, "-n must be a multiple of 64, -k even\n");
            return 2;
        }
        measure(shape, rounds);
        return 0;
    }
    for (const Shape& size : {Shape{64, 64, 64}, Shape{128, 64, 128}, Shape{128, 128, 64},
                              Shape{256, 256, 128}, Shape{512, 1024, 256}})
        measure(size, rounds);
    return 0;
}
