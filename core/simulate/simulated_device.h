#pragma once

#include "core/allocator/stream_recorder.h"
#include "core/kernels/cpu/kernel_cost.h"
#include "core/model/layer_sequence.h"
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
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace headroom {

/// To be called once before other threads compute; otherwise the first device does it, which changes
/// LibTorch's tables of Meta kernels.
void prepareSimulatedDevices();

/// A device without memory, to see what a program asks of one. While it lives, tensors that its thread makes
/// on LibTorch's Meta device are its tensors: their allocations are recorded, and operators on them ask for
/// what they would ask for on the card. Other threads see nothing of it. One a thread; its tensors die before
/// it.
class SimulatedDevice final : private SliceObserver, private LayerObserver, private KernelCostObserver {
public:
    /// @param card what is stood in for; one without compute capability is the CPU
    /// @param deduplicate whether what is repeated is run once and noted as coming again
    explicit SimulatedDevice(const Card& card, bool deduplicate = true);
    ~SimulatedDevice() override;
    SimulatedDevice(const SimulatedDevice&) = delete;
    SimulatedDevice& operator=(const SimulatedDevice&) = delete;

    const Card& card() const { return card_; }
    bool isCpu() const { return card_.computeMajor == 0; }
    StreamRecorder& recorder() { return recorder_; }
    const CostCounter& work() const { return work_; }
    /// All that was done since so much was counted is done so many times more.
    void countAgain(const CostCounter& before, std::int64_t times) { work_.again(before, times); }
    /// The name of a part of the part of the model that is at work.
    std::string modulePath(const std::string& part) const;
    /// Whether autograd's engine itself calls, not a node of the graph.
    bool inEngine() const { return inEngine_; }

    /// Says what the program does from now on.
    /// @param part where its work counts; backward: what runs the forward pass again is told apart
    void beginPhase(const std::string& name, CostPart part);

    /// Runs `body` so many times, or once for all: the passes are alike, and each frees what it allocates,
    /// save what is made once.
    void repeat(std::int64_t times, const std::function<void()>& body);

    /// Says what the memory of a tensor of this device is for.
    void assign(const at::Tensor& tensor, MemoryPart part);

    /// Says what shape the memory of a tensor of this device has, unless that is known. Operators do so with
    /// all that they are given.
    void describe(const at::Tensor& tensor);

    /// While it lives nothing is recorded: tensors made meanwhile are none of the device's.
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
    /// A call of an operator under way. One that calls others does nothing itself.
    struct Call {
        double bytes = 0; ///< of its arguments
        double allocatedBefore = 0;
        OperatorTraffic::When moves = OperatorTraffic::When::Never;
        bool whole = false; ///< what it calls is not looked at
        int within = 0;     ///< calls under way that are not
    };
    /// What to go back to at the end of a scope of the model or of a node of the backward pass.
    struct Scope {
        std::int32_t module = 0;
        std::int32_t caller = 0;
        bool inEngine = false;
        int depth = 0;
    };

    static std::unique_ptr<at::ObserverContext> enter(const at::RecordFunction& function);
    static void leave(const at::RecordFunction& function, at::ObserverContext* context);
    /// Null where it is none.
    const Operator* calledOperator(const at::RecordFunction& function);
    std::unique_ptr<at::ObserverContext> enterOperator(const Operator& called,
                                                       c10::ArrayRef<const c10::IValue> arguments);
    void enterScope(std::int32_t module, std::int32_t caller, bool isEngine);
    void leaveScope();
    void setModule(std::int32_t module);
    std::int32_t moduleOfNode(std::int64_t sequenceNumber) const;
    bool isBackward() const { return part_ == CostPart::Backward; }
    Cost& workHere();
    void beginCall(const OperatorTraffic& traffic, c10::ArrayRef<const c10::IValue> arguments);
    void endCall();
    void finish(const OperatorEffect& effect);

    void recordRepeats(std::int64_t begin, const CostCounter& before, std::int64_t times);
    void kernelRuns(const Cost& work) override;
    void run(std::int64_t total, std::int64_t size, const SliceBody& body) override;
    at::Tensor run(const LayerSequence& layers, at::Tensor input) override;

    Card card_;
    StreamRecorder recorder_;
    CostCounter work_;
    CostPart part_ = CostPart::Setup;
    std::vector<Call> calls_;   ///< under way
    std::vector<Scope> scopes_; ///< to go back to
    double allocatedBytes_ = 0; ///< for tensors, so far
    bool deduplicate_;
    bool paused_ = false;
    std::array<bool, 2> hasBlas_ = {};   ///< by thread: the program's, autograd's
    std::array<bool, 2> hasBlasLt_ = {}; ///< by thread
    int depth_ = 0;                      ///< operators of this scope under way that call each other
    std::int32_t caller_ = 0;            ///< the node of the backward pass under way, if any
    bool inEngine_ = false;              ///< between nodes
    std::unordered_map<const void*, Operator> operators_; ///< by the name's address, which is theirs alone
    /// Nodes of the graph from this sequence number on belong to this module.
    std::vector<std::pair<std::uint64_t, std::int32_t>> nodes_;
    std::array<at::CallbackHandle, 2> callbacks_;
    SliceObserverGuard slices_;
    LayerObserverGuard layers_;
    KernelCostScope kernels_;
};

} // namespace headroom
