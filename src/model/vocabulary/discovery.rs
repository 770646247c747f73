//! Words of discovery: where what is used is seen.

vocabulary! {
    /// A kind of file that shows which identities are used.
    pub enum SourceKind {
        /// Workflows, composite actions and Dependabot's registries.
        GithubActions = "github-actions",
        /// Pipelines of GitLab.
        GitlabCi = "gitlab-ci",
        /// Pipelines of CircleCI.
        Circleci = "circleci",
        /// Jenkins pipelines.
        Jenkins = "jenkins",
        /// Terraform and OpenTofu.
        Terraform = "terraform",
        /// Kubernetes objects.
        Kubernetes = "kubernetes",
        /// CloudFormation templates.
        Cloudformation = "cloudformation",
        /// Settings of AI agents, and the MCP servers in them.
        Agents = "agents",
        /// Where package managers and clients keep credentials of registries and hosts.
        Registries = "registries",
    }
}
