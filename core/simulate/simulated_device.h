// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/stream_recorder.h"
#include "core/kernels/kernel_cost.h"
#include "core/model/layer_sequence.h"
#include "core/model/meta_device.h"
#include "core/simulate/cost_counter.h"
#include "core/simulate/known_operator.h"
#include "core/support/slices.h"
#include "core/values/forecast.h"

#include <ATen/core/Tensor.h>
#include <ATen/record_function.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace headroom {

/// Installs the allocator and kernels of simulated devices in LibTorch. Call it before other threads use
/// LibTorch; otherwise the first device does this, which changes LibTorch's tables of Meta kernels.
void prepareSimulatedDevices();

/// A simulated card. While it exists, it records all Meta tensors of its thread: their allocations and those
/// that the real kernels would make, and the cost of every operator. Nothing is computed. Other threads are
/// not affected. At most one per thread; it must outlive its tensors.
class SimulatedDevice final : private SliceObserver, private LayerObserver, private KernelCostObserver {
public:
    /// @param card the card to simulate; compute capability 0 means the CPU
    /// @param deduplicate whether repetitions run once and are recorded with a repeat count
    explicit SimulatedDevice(const Card& card, bool deduplicate = true);
    ~SimulatedDevice() override;
    SimulatedDevice(const SimulatedDevice&) = delete;
    SimulatedDevice& operator=(const SimulatedDevice&) = delete;

    const Card& card() const { return card_; }
    bool isCpu() const { return card_.computeMajor == 0; }
    StreamRecorder& recorder() { return recorder_; }
    const CostCounter& cost() const { return cost_; }
    /// Adds the costs since `before` another `repeats` times.
    void addRepeats(const CostCounter& before, std::int64_t repeats) { cost_.addRepeats(before, repeats); }
    /// Path of a submodule of the current module.
    std::string modulePath(const std::string& submodule) const;
    /// Whether autograd's engine itself runs, between two nodes of the graph.
    bool inEngine() const { return inEngine_; }

    /// Begins a phase of the program.
    /// @param part that costs are added to; during Backward, recomputation is added to Recompute
    void beginPhase(const std::string& name, CostPart part);

    /// Runs `body` the given number of times, or once if deduplicating. All runs must be identical, and free
    /// everything they allocate except persistent blocks.
    void repeat(std::int64_t times, const std::function<void()>& body);

    /// Sets the purpose of a tensor's memory.
    void assign(const at::Tensor& tensor, MemoryPart part);

    /// Records the shape of a tensor's block if it has none. Called for all arguments of operators.
    void recordShape(const at::Tensor& tensor);

    /// RAII: suspends recording. Tensors allocated meanwhile do not belong to the device.
    class Pause {
    public:
        explicit Pause(SimulatedDevice& device)
            : device_(device), before_(std::exchange(device.paused_, true)) {}
        ~Pause() { device_.paused_ = before_; }
        Pause(const Pause&) = delete;
        Pause& operator=(const Pause&) = delete;

    private:
        SimulatedDevice& device_;
        bool before_;
    };

private:
    friend class SimulatedAllocator;
    struct Operator {
        std::int32_t name = 0;
        const KnownOperator* known = nullptr;
    };
    /// A running operator. An operator that calls others has no traffic of its own.
    struct Call {
        double bytes = 0; ///< of its arguments
        double allocatedBefore = 0;
        OperatorTraffic::When moves = OperatorTraffic::When::Never;
        bool includesNested = false; ///< operators that it calls are ignored
        int nestedCalls = 0;         ///< running operators that are ignored
    };
    /// The state to restore at the end of a user scope or of a backward node.
    struct Scope {
        std::int32_t module = 0;
        std::int32_t caller = 0;
        bool inEngine = false;
        int depth = 0;
    };

    static std::unique_ptr<at::ObserverContext> enter(const at::RecordFunction& function);
    static void leave(const at::RecordFunction& function, at::ObserverContext* context);
    /// The operator of a callback; null if the function is not an operator.
    const Operator* calledOperator(const at::RecordFunction& function);
    std::unique_ptr<at::ObserverContext> enterOperator(const Operator& called,
                                                       c10::ArrayRef<const c10::IValue> arguments);
    void enterScope(std::int32_t module, std::int32_t caller, bool isEngine);
    void leaveScope();
    void setModule(std::int32_t module);
    std::int32_t moduleOfNode(std::int64_t sequenceNumber) const;
    bool isBackward() const { return part_ == CostPart::Backward; }
    Cost& currentCost();
    void beginCall(const OperatorTraffic& traffic, c10::ArrayRef<const c10::IValue> arguments);
    void endCall();
    void finish(const OperatorEffect& effect);

    void recordRepeats(std::int64_t begin, const CostCounter& before, std::int64_t repeats);
    void addKernelCost(const Cost& cost) override;
    void run(std::int64_t total, std::int64_t size, const SliceBody& body) override;
    at::Tensor run(const LayerSequence& layers, at::Tensor input) override;

    Card card_;
    StreamRecorder recorder_;
    CostCounter cost_;
    CostPart part_ = CostPart::Setup;
    std::vector<Call> calls_;   ///< running, outermost first
    std::vector<Scope> scopes_; ///< outer scopes
    double allocatedBytes_ = 0; ///< total of all tensors so far
    bool deduplicate_;
    bool paused_ = false;
    std::array<bool, 2> hasBlas_ = {};   ///< workspace allocated, by thread: main, autograd
    std::array<bool, 2> hasBlasLt_ = {}; ///< likewise
    int depth_ = 0;                      ///< nesting of running operators in this scope
    std::int32_t caller_ = 0;            ///< name of the running backward node; 0 if none
    bool inEngine_ = false;
    std::unordered_map<const void*, Operator> operators_; ///< by address of the name, unique per overload
    /// Graph nodes from this sequence number on were created by this module.
    std::vector<std::pair<std::uint64_t, std::int32_t>> nodes_;
    std::array<at::CallbackHandle, 2> callbacks_;
    std::optional<MetaIsCpu> metaIsCpu_;
    SliceObserverGuard sliceGuard_;
    LayerObserverGuard layerGuard_;
    KernelCostGuard kernelGuard_;
};

} // namespace headroom
